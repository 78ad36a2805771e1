package io.github.bellhop.server.answer;

import static io.github.bellhop.server.answer.AnswerRule.between;
import static io.github.bellhop.server.answer.AnswerRule.on;

import io.github.bellhop.server.answer.AnswerRule.Signs;
import java.util.List;

/** Answers from ngrok, and from Cloudflare as a tunnel or a proxy. */
final class TunnelRows {
    private static final String START = "Start the app and compare its port with the tunnel's or the proxy's.";
    private static final String LET_THROUGH =
            "In Cloudflare, add a WAF custom rule with the action Skip for the path of"
                    + " the webhook, or exempt the path from the rule that applies.";

    /** Sources: ngrok.com/docs/errors and developers.cloudflare.com/support/troubleshooting/http-status-codes. */
    static final List<AnswerRule> ALL = List.of(
            ngrok("3200")
                    .means(
                            "ngrok-offline",
                            "the ngrok tunnel is offline (ERR_NGROK_3200)",
                            "No ngrok agent serves this address: it was stopped, or it has another address now.",
                            "Start ngrok with this address, or enter the new address in the Clerk Dashboard. bellhop"
                                    + " dev needs no tunnel."),
            ngrok("8012")
                    .means(
                            "ngrok-no-app",
                            "ngrok cannot connect to the app (ERR_NGROK_8012)",
                            "The tunnel works, but nothing listens on the port that it leads to.",
                            START),
            ngrok("(6022|6024)")
                    .means(
                            "ngrok-warning",
                            "ngrok shows its warning page instead of the app's answer ({ngrok-error-code})",
                            "For free accounts, ngrok puts a warning page in front of the app.",
                            "Use a paid account or another tunnel, or bellhop dev, which needs no tunnel."),
            ngrok("(725|727|728|729|734)")
                    .means(
                            "ngrok-limit",
                            "the ngrok account has reached its limit ({ngrok-error-code})",
                            "ngrok counts requests and bytes per account, and rejects requests above the limit.",
                            "Wait until the limit is reset, or upgrade the plan. Svix retries the delivery."),
            ngrok("")
                    .means(
                            "ngrok-error",
                            "ngrok answers, not the app ({ngrok-error-code})",
                            "The tunnel did not pass the delivery on.",
                            "Look the code up at https://ngrok.com/docs/errors."),
            between(200, 599)
                    .header("cf-mitigated", "^challenge")
                    .means(
                            "cloudflare-challenge",
                            "Cloudflare answers with a challenge for browsers",
                            "Svix is not a browser and cannot pass the challenge. Bot Fight Mode, a WAF rule or"
                                    + " Under Attack Mode applies to the path of the webhook.",
                            LET_THROUGH
                                    + " Bot Fight Mode allows no exceptions: turn it off or use Super Bot Fight Mode."),
            cloudflare("1015", 429)
                    .means(
                            "cloudflare-rate-limit",
                            "a Cloudflare rate limit was exceeded (error code: 1015)",
                            "A rate limiting rule counts all of Svix's deliveries as one visitor's requests.",
                            "Exempt the path of the webhook from the rule. Svix retries the delivery."),
            cloudflare("(1005|1006|1007|1008|1009|1010|1012|1020)", 403)
                    .means(
                            "cloudflare-blocked",
                            "a rule of Cloudflare's firewall blocks the sender",
                            "A rule about addresses, countries or browsers applies to the path of the webhook.",
                            LET_THROUGH),
            cloudflare("1033", 530)
                    .means(
                            "cloudflare-tunnel-down",
                            "no cloudflared serves the tunnel (Cloudflare error 1033)",
                            "The tunnel process stopped or lost its connection.",
                            "Start cloudflared. bellhop dev needs no tunnel."),
            cloudflare("(1000|1001|1002|1016|1018|1023)", 403, 409, 530)
                    .means(
                            "cloudflare-dns",
                            "Cloudflare finds no address for the server behind it",
                            "The DNS record in Cloudflare names a host that does not exist or that leads back to"
                                    + " Cloudflare.",
                            "Correct the DNS record of this host in Cloudflare."),
            ofCloudflare(520)
                    .means(
                            "cloudflare-empty",
                            "Cloudflare got an empty or unreadable answer from the app",
                            "The app crashed, closed the connection, or sent headers that are too large.",
                            "Read the app's log for this time."),
            ofCloudflare(521)
                    .means(
                            "cloudflare-refused",
                            "the server behind Cloudflare refuses the connection",
                            "The app is not running, or a firewall blocks Cloudflare's addresses.",
                            "Start the app, and allow the address ranges of https://www.cloudflare.com/ips."),
            ofCloudflare(522, 523)
                    .means(
                            "cloudflare-unreachable",
                            "Cloudflare cannot reach the server behind it",
                            "A firewall drops Cloudflare's packets, or the DNS record in Cloudflare names another"
                                    + " machine.",
                            "Allow the address ranges of https://www.cloudflare.com/ips, and compare the DNS record"
                                    + " with the server's address."),
            ofCloudflare(524)
                    .means(
                            "cloudflare-slow",
                            "the app did not answer Cloudflare in time",
                            "The handler does its work before it answers. Svix waits only 15 seconds, Cloudflare"
                                    + " longer.",
                            "Answer first and do the work afterwards."),
            ofCloudflare(525, 526)
                    .means(
                            "cloudflare-certificate",
                            "Cloudflare does not accept the certificate of the server behind it",
                            "The SSL/TLS mode is Full or Full (strict), and the server has no TLS, or its"
                                    + " certificate is expired, self-signed or for another host.",
                            "Install a valid certificate (or Cloudflare's origin certificate) on the server."),
            ofCloudflare(527, 530)
                    .means(
                            "cloudflare-origin",
                            "Cloudflare cannot reach the server behind it",
                            "The DNS record is wrong, or the tunnel or the server is down.",
                            START),
            ofCloudflare(502, 504)
                    .body("error code: 50[24]|<center>cloudflare|cloudflare-nginx|cf-error-details")
                    .means(
                            "cloudflare-no-app",
                            "Cloudflare or its tunnel gets no answer from the app",
                            "The app is not running, or cloudflared leads to another port or to https instead of http.",
                            START),
            ofCloudflare(413)
                    .body("<center>cloudflare|cf-error-details")
                    .means(
                            "cloudflare-size",
                            "the delivery is larger than Cloudflare accepts",
                            "The limit depends on the plan and is far above Clerk's payloads.",
                            "Find out who sent it. It is probably not Clerk."));

    private TunnelRows() {}

    private static Signs ngrok(String code) {
        return between(200, 599).header("ngrok-error-code", "^ERR_NGROK_" + code + (code.isEmpty() ? "" : "$"));
    }

    private static Signs ofCloudflare(int... statuses) {
        return on(statuses).header("server", "^cloudflare");
    }

    private static Signs cloudflare(String code, int... statuses) {
        return on(statuses)
                .body("error code: " + code + "\\b|cf-error-code\">" + code + "<|Error " + code + "\\b.{0,200}Ray ID");
    }
}
