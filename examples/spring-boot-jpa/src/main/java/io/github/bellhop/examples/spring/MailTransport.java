package io.github.bellhop.examples.spring;

/** Sends one mail; put your provider here. */
@FunctionalInterface
interface MailTransport {
    /**
     * Sends.
     *
     * @param key by which the provider knows a mail that it has sent already
     */
    void send(String key, String recipient, String text);
}
