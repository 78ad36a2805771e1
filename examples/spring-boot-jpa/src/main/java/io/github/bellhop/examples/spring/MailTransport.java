package io.github.bellhop.examples.spring;

/** Sends e-mails. Plug in your provider here. */
@FunctionalInterface
interface MailTransport {
    /**
     * Sends an e-mail.
     *
     * @param key identifies the e-mail, so that the provider does not send it twice
     */
    void send(String key, String recipient, String text);
}
