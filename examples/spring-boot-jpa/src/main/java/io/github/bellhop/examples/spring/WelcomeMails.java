package io.github.bellhop.examples.spring;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.event.data.User;
import io.github.bellhop.spring.OnClerkEvent;
import io.github.bellhop.sync.handle.HandlerRun;
import org.springframework.stereotype.Component;

/** Stores a welcome e-mail for each new user with an e-mail address. */
@Component
class WelcomeMails {
    private final Mails mails;

    WelcomeMails(Mails mails) {
        this.mails = mails;
    }

    @OnClerkEvent("welcome-mail")
    void welcome(UserEvent.Created created, HandlerRun run) {
        User user = created.data();
        user.primaryEmailAddress()
                .ifPresent(email -> mails.save(
                        new Mail(run.messageId(), email.emailAddress(), "Welcome, " + user.firstName() + "!")));
    }
}
