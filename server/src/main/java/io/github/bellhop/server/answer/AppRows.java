package io.github.bellhop.server.answer;

import static io.github.bellhop.server.answer.AnswerRule.on;

import io.github.bellhop.server.answer.AnswerRule.Signs;
import java.util.List;

/** Answers from Bellhop and from web frameworks. */
final class AppRows {
    private static final String NO_ROUTE =
            "Compare the path with the app's route, letter by letter and including any prefix.";
    private static final String NEXT_FILE =
            "Put the handler in app/.../route.ts, in the folder that matches the path, with export async function"
                    + " POST.";

    static final List<AnswerRule> ALL = List.of(
            bellhop("store-unavailable", 503)
                    .means(
                            "store-unavailable",
                            "the receiver cannot reach its database (store-unavailable)",
                            "The receiver stores each message before it answers. Svix retries the delivery, so"
                                    + " nothing is lost.",
                            "Run bellhop doctor where the receiver runs, and read its database check."),
            bellhop("(budget-used-up|not-in-time)", 503)
                    .means(
                            "bellhop-busy",
                            "the receiver is too busy to store the delivery",
                            "Deliveries arrive faster than the database can store them. Svix retries them, so"
                                    + " nothing is lost.",
                            "Read about database speed and bellhop.limits in docs/operations.md."),
            bellhop("body-too-large", 413)
                    .means(
                            "bellhop-size",
                            "the delivery is larger than Bellhop accepts (body-too-large)",
                            "The limit is bellhop.limits.body, 1 MB by default.",
                            "Raise the limit if Clerk really sends payloads of that size."),
            on(400, 500)
                    .body("missing (clerk )?(webhook )?(signing )?secret|add (CLERK_)?WEBHOOK_(SIGNING_)?SECRET"
                            + "|webhook[ _](signing[ _])?secret (is )?(not"
                            + " (set|configured|found|defined)|missing|undefined)")
                    .means(
                            "app-without-secret",
                            "the app says that it has no signing secret",
                            "The variable is not set where the app runs, has another name, or was set after the last"
                                    + " deployment.",
                            "Set CLERK_WEBHOOK_SIGNING_SECRET where the app runs, and restart or redeploy the app."),
            on(400, 403)
                    .body("Blocked request\\. This host|Invalid Host header|Blocked hosts?:|DisallowedHost|Invalid"
                            + " HTTP_HOST")
                    .means(
                            "host-not-allowed",
                            "the app rejects the host name of the URL",
                            "Development servers and some frameworks accept only known hosts, and a tunnel's host"
                                    + " is not one of them.",
                            "Allow the host, with server.allowedHosts in Vite, config.hosts in Rails, or ALLOWED_HOSTS"
                                    + " in Django."),
            on(404).body("\"timestamp\":.{1,60}\"status\":\\s?404,|No static resource ")
                    .means(
                            "spring-not-found",
                            "the Spring app has nothing at this path",
                            "No controller or servlet handles POST {path}. If server.servlet.context-path is set,"
                                    + " every path begins with it.",
                            NO_ROUTE + " With Bellhop's starter, the path is the context path followed by"
                                    + " bellhop.path."),
            on(404, 405)
                    .body("<title>HTTP Status 40[45] ")
                    .means(
                            "tomcat-not-found",
                            "Tomcat has no handler for POST at this path",
                            "The app is deployed under another context path, did not start, or has no such servlet.",
                            NO_ROUTE + " Tomcat's log shows whether the app started."),
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
                            "The path is a page, or route.ts does not export POST.",
                            NEXT_FILE),
            on(405).header("x-matched-path", "^/")
                    .means(
                            "next-no-post",
                            "the app on Vercel has a page or a route without POST at this path",
                            "The path is a page, or route.ts does not export POST.",
                            NEXT_FILE),
            on(404).body("Cannot POST /|Route POST:|no such route")
                    .means(
                            "express-not-found",
                            "the app has no route for POST at this path",
                            "The app runs, but has no route for POST {path}. The prefix may differ, or the route may"
                                    + " handle only GET.",
                            NO_ROUTE),
            on(413).body("request entity too large|PayloadTooLargeError|FST_ERR_CTP_BODY_TOO_LARGE|Body exceeded")
                    .means(
                            "app-size",
                            "the delivery is larger than the app's body parser accepts",
                            "The default limit is 100 kB in Express, and 1 MB in Next.js and Fastify.",
                            "Raise the limit for this route: express.raw({type: 'application/json', limit: '1mb'})."));

    private AppRows() {}

    private static Signs bellhop(String reason, int status) {
        return on(status).body("\"reason\":\\s?\"" + reason + "\"");
    }
}
