package io.github.bellhop.examples.spring;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sends the e-mails that handlers stored. Sending an e-mail cannot be rolled back, so handlers only store e-mails, and
 * this class sends them after the commit.
 */
@Component
public class Postman {
    private static final Logger log = LoggerFactory.getLogger(Postman.class);

    private final Mails mails;
    private final MailTransport transport;
    private final InstantSource clock = InstantSource.system();

    Postman(Mails mails, ObjectProvider<MailTransport> transport) {
        this.mails = mails;
        this.transport = transport.getIfAvailable(() -> (key, recipient, text) -> log.info("Mail {} was sent", key));
    }

    /** Sends the unsent e-mails. */
    @Scheduled(fixedDelayString = "${shop.mail-interval:2s}")
    @Transactional
    public void sendMails() {
        for (Mail mail : mails.findBySentAtIsNull()) {
            transport.send(mail.getMessageId(), mail.getRecipient(), mail.getText());
            mail.sent(clock.instant());
        }
    }
}
