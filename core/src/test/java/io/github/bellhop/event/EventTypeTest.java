package io.github.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.data.DeletedObject;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventTypeTest {
    @Test
    void hasFortySixTypesAndOneRecordForEach() {
        assertThat(EventType.values()).hasSize(46);
        assertThat(leaves(ClerkEvent.class).filter(leaf -> leaf != UnknownEvent.class))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(EventType.values())
                        .<Class<?>>map(EventType::eventClass)
                        .toList());
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventTypeTest::leaves)
                : Stream.of(type);
    }

    @ParameterizedTest
    @EnumSource
    void hasConsistentNames(EventType type) {
        String family = type.eventClass().getDeclaringClass().getSimpleName();
        String name = family.replace("Event", "") + "." + type.eventClass().getSimpleName();

        assertThat(name).isEqualToIgnoringCase(type.wireName());
        assertThat(type.name().replace("_", ""))
                .isEqualToIgnoringCase(type.wireName().replace(".", ""));
        assertThat(type.wireName()).startsWith(type.family() + ".");
        assertThat(EventType.of(type.wireName())).isSameAs(type);
    }

    @Test
    void hasFiveTombstoneTypes() {
        assertThat(Arrays.stream(EventType.values()).filter(EventType::tombstone))
                .containsExactlyInAnyOrder(
                        EventType.USER_DELETED,
                        EventType.ORGANIZATION_DELETED,
                        EventType.ORGANIZATION_DOMAIN_DELETED,
                        EventType.ROLE_DELETED,
                        EventType.PERMISSION_DELETED)
                .allMatch(type -> type.dataClass() == DeletedObject.class);
    }

    @Test
    void returnsNullForOtherSpellings() {
        assertThat(EventType.of("User.created")).isNull();
        assertThat(EventType.of("")).isNull();
        assertThat(EventType.of(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "user.create, user.created",
        "user_updated, user.updated",
        "USER.DELETED, user.deleted",
        "usr.created, user.created",
        "organisation.created, organization.created",
        "organizationmembership.deleted, organizationMembership.deleted",
        "subscription_item.past_due, subscriptionItem.pastDue",
        "waitlist, waitlistEntry.created",
        "session, session.created",
        "email, email.created"
    })
    void suggestsNearestTypeFirst(String text, String expected) {
        assertThat(EventType.nearest(text))
                .hasSizeLessThanOrEqualTo(3)
                .first()
                .satisfies(type -> assertThat(type.wireName()).isEqualTo(expected));
    }

    @Test
    void suggestsNothingForUnrelatedText() {
        assertThat(EventType.nearest("order.shipped")).isEmpty();
        assertThat(EventType.nearest("")).isEmpty();
        assertThat(EventType.nearest("..")).isEmpty();
        assertThat(EventType.nearest("user.created".repeat(1000))).isEmpty();
    }
}
