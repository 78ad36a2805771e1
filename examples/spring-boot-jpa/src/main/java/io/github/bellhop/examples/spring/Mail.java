package io.github.bellhop.examples.spring;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** An e-mail, sent or waiting to be sent. */
@Entity
@Table(name = "mails")
public class Mail {
    @Id
    private String messageId;

    private String recipient;
    private String text;
    private Instant sentAt;

    /** Used by JPA. */
    protected Mail() {}

    Mail(String messageId, String recipient, String text) {
        this.messageId = messageId;
        this.recipient = recipient;
        this.text = text;
    }

    /** The Clerk message that caused the e-mail; there is at most one e-mail per message. */
    public String getMessageId() {
        return messageId;
    }

    /** The recipient's e-mail address. */
    public String getRecipient() {
        return recipient;
    }

    /** The text of the e-mail. */
    public String getText() {
        return text;
    }

    /** When it was sent; null until then. */
    public Instant getSentAt() {
        return sentAt;
    }

    void sent(Instant when) {
        sentAt = when;
    }
}
