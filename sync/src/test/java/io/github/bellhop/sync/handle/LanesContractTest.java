package io.github.bellhop.sync.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.settings.RetryPolicy;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers get events in order of the natural key, even if Clerk's ids change. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@SameOnEveryJdk
class LanesContractTest {
    private static final RetryPolicy RETRY = new RetryPolicy(Duration.ofSeconds(5), Duration.ofMinutes(1), 5);

    @Parameter
    TestDatabase kind;

    private final List<String> calls = new ArrayList<>();
    private SyncBench bench;

    @AfterEach
    void close() {
        bench.close();
    }

    /** Opens a database with a handler that fails on its first attempt at an event of this type. */
    private void openFailingOnceAt(String type) {
        openFailingOnceAt(type, Deletes.SOFT);
    }

    private void openFailingOnceAt(String type, Deletes deletes) {
        Handlers handlers = Handlers.builder()
                .on(ClerkEvent.class, "grants", HandlerOptions.DEFAULT.withRetry(RETRY), (event, run) -> {
                    if (event.meta().type().equals(type) && run.attempt() == 1) {
                        throw new IllegalStateException("the app's database is down");
                    }
                    calls.add(event.meta().type() + " " + event.data().id());
                    return HandlerOutcome.done();
                })
                .build();
        bench = new SyncBench(
                kind.open(), settings -> settings.withMirror(settings.mirror().withDeletes(deletes)), handlers);
    }

    private void receive(String type, String data) {
        bench.receive(event(type, data));
        bench.clock.advance(Duration.ofMillis(1));
    }

    private byte[] event(String type, String data) {
        long at = bench.clock.millis();
        return Json.of("{'type':'%s','timestamp':%d,'data':{%s,'updated_at':%d}}", type, at, data, at);
    }

    private void run() {
        int unused = bench.runHandlers();
        bench.clock.advance(Duration.ofSeconds(7));
        unused = bench.runHandlers();
    }

    private static String membership(String id) {
        return "'id':'" + id + "','organization':{'id':'org_1'},'public_user_data':{'user_id':'user_1'}";
    }

    private void leaveAndRejoin(String family, String first, String end, String endData, String second) {
        receive(family + ".created", first);
        int unused = bench.runHandlers();
        receive(family + "." + end, endData);
        unused = bench.runHandlers();
        receive(family + ".created", second);
        run();
    }

    @Test
    void keepsOrderOfLeavingAndRejoining() {
        openFailingOnceAt("organizationMembership.deleted");
        leaveAndRejoin(
                "organizationMembership",
                membership("orgmem_A"),
                "deleted",
                membership("orgmem_A"),
                membership("orgmem_B"));
        assertThat(calls)
                .containsExactly(
                        "organizationMembership.created orgmem_A",
                        "organizationMembership.deleted orgmem_A",
                        "organizationMembership.created orgmem_B");
    }

    @Test
    void keepsOrderOfInvitationsToOneAddress() {
        openFailingOnceAt("organizationInvitation.revoked");
        leaveAndRejoin(
                "organizationInvitation",
                "'id':'orginv_A','organization_id':'org_1','email_address':'Ann@Example.com'",
                "revoked",
                "'id':'orginv_A','organization_id':'org_1','email_address':'ann@example.com'",
                "'id':'orginv_B','organization_id':'org_1','email_address':'ann@example.COM'");
        assertThat(calls)
                .containsExactly(
                        "organizationInvitation.created orginv_A",
                        "organizationInvitation.revoked orginv_A",
                        "organizationInvitation.created orginv_B");
    }

    @Test
    void findsLaneOfDeletionWithOnlyAnId() {
        for (Deletes deletes : List.of(Deletes.SOFT, Deletes.HARD)) {
            calls.clear();
            openFailingOnceAt("organizationDomain.deleted", deletes);
            leaveAndRejoin(
                    "organizationDomain",
                    "'id':'orgdmn_A','organization_id':'org_1','name':'example.com'",
                    "deleted",
                    "'id':'orgdmn_A','deleted':true",
                    "'id':'orgdmn_B','organization_id':'org_1','name':'example.com'");
            assertThat(calls)
                    .as(deletes.name())
                    .containsExactly(
                            "organizationDomain.created orgdmn_A",
                            "organizationDomain.deleted orgdmn_A",
                            "organizationDomain.created orgdmn_B");
            if (deletes == Deletes.SOFT) {
                bench.close();
            }
        }
    }

    @Test
    void findsLaneWithinOneBatch() {
        openFailingOnceAt("organizationDomain.created");
        String domain = ",'organization_id':'org_1','name':'example.com'";
        bench.receiveBatch(List.of(
                bench.message("msg_1", event("organizationDomain.created", "'id':'orgdmn_A'" + domain)),
                bench.message("msg_2", event("organizationDomain.deleted", "'id':'orgdmn_A','deleted':true")),
                bench.message("msg_3", event("organizationDomain.created", "'id':'orgdmn_B'" + domain))));
        assertThat(Rows.query(bench.database(), "select distinct entity_id from bellhop_handler_runs"))
                .hasSize(1);
    }

    @Test
    void findsLaneFromWaitingRunsWithoutMirrorRow() {
        openFailingOnceAt("organizationDomain.created");
        receive("organizationDomain.created", "'id':'orgdmn_A','organization_id':'org_1','name':'example.com'");
        Rows.execute(bench.database(), "delete from clerk_organization_domains");
        receive("organizationDomain.deleted", "'id':'orgdmn_A','deleted':true");
        assertThat(Rows.query(bench.database(), "select distinct entity_id from bellhop_handler_runs"))
                .hasSize(1);
    }

    @Test
    void keepsOrderOfSessionsAndEmailsOfUser() {
        openFailingOnceAt("session.ended");
        receive("session.ended", "'id':'sess_A','user_id':'user_1','status':'ended'");
        int unused = bench.runHandlers();
        receive("session.created", "'id':'sess_B','user_id':'user_1','status':'active'");
        receive("email.created", "'id':'ema_1','user_id':'user_1'");
        receive("session.created", "'id':'sess_C','user_id':'user_2','status':'active'");
        run();
        assertThat(calls)
                .containsExactly(
                        "session.created sess_C",
                        "session.ended sess_A",
                        "session.created sess_B",
                        "email.created ema_1");
    }

    @Test
    void keepsOrderOfSubscriptionItemsOfPayer() {
        openFailingOnceAt("subscriptionItem.ended");
        receive("subscriptionItem.ended", "'id':'csub_item_A','payer':{'id':'cpayer_1'}");
        int unused = bench.runHandlers();
        receive("subscriptionItem.active", "'id':'csub_item_B','payer':{'id':'cpayer_1'}");
        receive("subscription.updated", "'id':'csub_1','payer':{'id':'cpayer_1'}");
        run();
        assertThat(calls)
                .containsExactly(
                        "subscriptionItem.ended csub_item_A",
                        "subscriptionItem.active csub_item_B",
                        "subscription.updated csub_1");
    }

    @Test
    void storesNoAddressInLane() {
        openFailingOnceAt("none");
        receive("waitlistEntry.created", "'id':'wle_1','email_address':'ann@example.com'");
        receive("email.created", "'id':'ema_1','to_email_address':'ann@example.com'");
        receive("sms.created", "'id':'sms_1','to_phone_number':'+15551234567'");
        receive(
                "organizationInvitation.created",
                "'id':'orginv_1','organization_id':'org_1','email_address':'" + "ann@example.com".repeat(40) + "'");
        assertThat(Rows.query(bench.database(), "select entity_id from bellhop_handler_runs"))
                .hasSize(4)
                .extracting(row -> (String) row.get("entity_id"))
                .allSatisfy(
                        lane -> assertThat(lane).hasSizeLessThanOrEqualTo(255).doesNotContain("ann", "555"));
    }

    @Test
    void keepsLaneOfReplay() {
        openFailingOnceAt("none");
        String message = bench.receive(event("organizationMembership.created", membership("orgmem_A")));
        bench.runHandlers();
        bench.replay.replay(message);
        assertThat(Rows.one(bench.database(), "select entity_id from bellhop_handler_runs"))
                .containsEntry("entity_id", "org_1 user_1");
    }
}
