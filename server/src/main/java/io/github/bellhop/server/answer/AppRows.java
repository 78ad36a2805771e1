package io.github.bellhop.server.answer;

import static io.github.bellhop.server.answer.AnswerRule.on;

import io.github.bellhop.server.answer.AnswerRule.Signs;
import java.util.List;

/** Answers of Bellhop and of the frameworks that apps are made with. */
final class AppRows {
    private static final String NO_ROUTE = "Compare the path with the app's route: letter by letter, with its prefix.";
    private static final String NEXT_FILE =
            "The file is app/.../route.ts with export async function POST, and lies where" + " the path says.";

    static final List<AnswerRule> ALL = List.of(
            bellhop("store-unavailable", 503)
                    .means(
                            "store-unavailable",
                            "the receiver cannot reach its database (store-unavailable)",
                            "It keeps a message before it answers. Svix sends it again, nothing is lost.",
                            "See what the check of the database says where the receiver runs."),
            bellhop("(budget-used-up|not-in-time)", 503)
                    .means(
                            "bellhop-busy",
                            "the receiver is busy and keeps nothing more now",
                            "More deliveries come than its database takes. Svix sends them again, nothing is lost.",
                            "See docs/operations.md: the database's speed, and bellhop.limits."),
            bellhop("body-too-large", 413)
                    .means(
                            "bellhop-size",
                            "the delivery is larger than Bellhop takes (body-too-large)",
                            "The limit is bellhop.limits.body, 1 MB unless set.",
                            "Raise the limit if Clerk's payloads are that large."),
            on(400, 500)
                    .body(
                            "missing (clerk )?(webhook )?(signing )?secret|add (CLERK_)?WEBHOOK_(SIGNING_)?SECRET"
                                    + "|webhook[ _](signing[ _])?secret (is )?(not (set|configured|found|defined)|missing|undefined)")
                    .means(
                            "app-without-secret",
                            "the app says that it has no signing secret",
                            "The variable is not set where the app runs, has another name, or the app was not deployed since.",
                            "Set CLERK_WEBHOOK_SIGNING_SECRET where the app runs, and start it again."),
            on(400, 403)
                    .body(
                            "Blocked request\\. This host|Invalid Host header|Blocked hosts?:|DisallowedHost|Invalid HTTP_HOST")
                    .means(
                            "host-not-allowed",
                            "the app refuses the host of the URL",
                            "A development server or framework takes the hosts it knows alone; a tunnel's is not among them.",
                            "Allow the host: in Vite server.allowedHosts, in Rails config.hosts, in Django ALLOWED_HOSTS."),
            on(404).body("\"timestamp\":.{1,60}\"status\":\\s?404,|No static resource ")
                    .means(
                            "spring-not-found",
                            "the Spring app has nothing at this path",
                            "No controller or servlet takes POST {path}. With server.servlet.context-path every path begins"
                                    + " with it.",
                            NO_ROUTE + " With Bellhop's starter it is the context path and bellhop.path."),
            on(404, 405)
                    .body("<title>HTTP Status 40[45] ")
                    .means(
                            "tomcat-not-found",
                            "Tomcat has nothing for POST at this path",
                            "The app is deployed under another context path, did not start, or has no such servlet.",
                            NO_ROUTE + " See Tomcat's log for the app's start."),
            on(404).header("x-powered-by", "^Next\\.js")
                    .means(
                            "next-not-found",
                            "the Next.js app has nothing at this path",
                            "No route matches {path}.",
                            NEXT_FILE),
            on(404).header("x-matched-path", "^/(404|_not-found)")
                    .means(
                            "next-not-found",
                            "the Next.js app has nothing at this path",
                            "No route matches {path}.",
                            NEXT_FILE),
            on(405).header("x-powered-by", "^Next\\.js")
                    .means(
                            "next-no-post",
                            "the Next.js app has a page or a route without POST at this path",
                            "The path is a page, or route.ts exports GET alone.",
                            NEXT_FILE),
            on(405).header("x-matched-path", "^/")
                    .means(
                            "next-no-post",
                            "the app on Vercel has a page or a route without POST at this path",
                            "The path is a page, or route.ts exports GET alone.",
                            NEXT_FILE),
            on(404).body("Cannot POST /|Route POST:|no such route")
                    .means(
                            "express-not-found",
                            "the app has no route for POST at this path",
                            "The app runs and knows no POST {path}: another prefix, or a route for GET alone.",
                            NO_ROUTE),
            on(413).body("request entity too large|PayloadTooLargeError|FST_ERR_CTP_BODY_TOO_LARGE|Body exceeded")
                    .means(
                            "app-size",
                            "the delivery is larger than the app's body parser takes",
                            "Express takes 100 kB unless told otherwise, Next.js and Fastify 1 MB.",
                            "Raise the limit for this route: express.raw({type: 'application/json', limit: '1mb'})."));

    private AppRows() {}

    private static Signs bellhop(String reason, int status) {
        return on(status).body("\"reason\":\\s?\"" + reason + "\"");
    }
}
