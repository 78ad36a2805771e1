package io.github.bellhop.examples.spring;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A mail to be sent, or sent. */
@Entity
@Table(name = "mails")
public class Mail {
    @Id
    private String messageId;

    private String recipient;
    private String text;
    private Instant sentAt;

    /** For JPA. */
    protected Mail() {}

    Mail(String messageId, String recipient, String text) {
        this.messageId = messageId;
        this.recipient = recipient;
        this.text = text;
    }

    /** The message of Clerk's that it is about; no mail of it is written twice. */
    public String getMessageId() {
        return messageId;
    }

    /** An e-mail address. */
    public String getRecipient() {
        return recipient;
    }

    /** What it says. */
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
