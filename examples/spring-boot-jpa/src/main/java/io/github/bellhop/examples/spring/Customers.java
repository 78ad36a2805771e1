package io.github.bellhop.examples.spring;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.event.data.EmailAddress;
import io.github.bellhop.event.data.User;
import io.github.bellhop.spring.OnClerkEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the app's own table of users in sync with Clerk. */
@Component
class Customers {
    private final JdbcClient jdbc;

    Customers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @OnClerkEvent("customers")
    void follow(UserEvent event) {
        event.user().ifPresentOrElse(this::save, () -> leave(event.userId()));
    }

    private void save(User user) {
        jdbc.sql("""
                        insert into customers (clerk_user_id, name, email) values (:id, :name, :email)
                        on conflict (clerk_user_id) do update set name = excluded.name, email = excluded.email
                        where customers.left_at is null
                        """)
                .param("id", user.id())
                .param("name", user.firstName())
                .param(
                        "email",
                        user.primaryEmailAddress()
                                .map(EmailAddress::emailAddress)
                                .orElse(null))
                .update();
    }

    /** Keeps the row, because orders refer to it, but removes personal data. */
    private void leave(String clerkUserId) {
        jdbc.sql("update customers set name = null, email = null, left_at = now() where clerk_user_id = :id")
                .param("id", clerkUserId)
                .update();
    }

    /** Imports the users whose events arrived before this table existed. */
    @EventListener(ApplicationReadyEvent.class)
    public void takeOver() {
        jdbc.sql("""
                        insert into customers (clerk_user_id, name, email)
                        select id, first_name, primary_email from clerk_users where deleted_at is null
                        on conflict (clerk_user_id) do nothing
                        """).update();
    }

    /** Returns the app's own id of a signed-in user, even if the request arrives before the event. */
    @Transactional
    public long idOf(String clerkUserId) {
        jdbc.sql("insert into customers (clerk_user_id) values (:id) on conflict (clerk_user_id) do nothing")
                .param("id", clerkUserId)
                .update();
        return jdbc.sql("select id from customers where clerk_user_id = :id")
                .param("id", clerkUserId)
                .query(Long.class)
                .single();
    }
}
