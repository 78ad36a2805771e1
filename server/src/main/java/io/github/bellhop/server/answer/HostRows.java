package io.github.bellhop.server.answer;

import static io.github.bellhop.server.answer.AnswerRule.between;
import static io.github.bellhop.server.answer.AnswerRule.on;

import io.github.bellhop.server.answer.AnswerRule.Signs;
import java.util.List;

/** Answers from hosting services: Vercel, AWS, Railway, Render and Heroku. */
final class HostRows {
    private static final String BYPASS =
            "Enter the address of the production deployment in the Clerk Dashboard. For a protected deployment,"
                    + " create a secret under Protection Bypass for Automation in Vercel's project settings, and append"
                    + " ?x-vercel-protection-bypass=SECRET to the URL in the Dashboard.";
    private static final String PROTECTED = "Vercel's Deployment Protection answers, not the app";
    private static final String SIGN_IN = "It asks every visitor to sign in to Vercel. Deliveries have no session.";
    private static final String DEPLOY = "Check the deployment and its log on the hosting service.";

    /** Sources: vercel.com/docs/errors and docs.aws.amazon.com. */
    static final List<AnswerRule> ALL = List.of(
            on(401, 403)
                    .header("set-cookie", "^_vercel_sso_nonce=")
                    .means("vercel-protection", PROTECTED, SIGN_IN, BYPASS),
            on(401, 403)
                    .header("server", "^vercel")
                    .body("vercel\\.com/sso-api|Authentication Required")
                    .means("vercel-protection", PROTECTED, SIGN_IN, BYPASS),
            between(300, 399)
                    .target("^https://vercel\\.com/(sso-api|login)")
                    .means("vercel-protection", PROTECTED, SIGN_IN, BYPASS),
            between(400, 499)
                    .header("x-vercel-mitigated", "^(challenge|deny)")
                    .means(
                            "vercel-firewall",
                            "Vercel's firewall blocks the delivery ({x-vercel-mitigated})",
                            "Attack Challenge Mode, bot protection or a firewall rule applies to the path of the"
                                    + " webhook.",
                            "In Vercel's Firewall, add a bypass rule for the path of the webhook."),
            vercel("DEPLOYMENT_NOT_FOUND|DEPLOYMENT_DELETED", 404, 410)
                    .means(
                            "vercel-no-deployment",
                            "Vercel has no deployment at this host ({x-vercel-error})",
                            "The deployment was deleted, or the domain is not assigned to a project.",
                            "Enter the address of the production deployment in the Clerk Dashboard."),
            vercel("NOT_FOUND", 404)
                    .means(
                            "vercel-not-found",
                            "Vercel has nothing at this path (NOT_FOUND)",
                            "The deployment has no function for {path}. The file is elsewhere or was not built, or"
                                    + " the project's setting for the root directory or the framework is wrong.",
                            "Compare the path with the app's route, and look for the function in the build output."),
            vercel("DEPLOYMENT_PAUSED|DEPLOYMENT_DISABLED|DEPLOYMENT_BLOCKED", 402, 403, 410, 451, 503)
                    .means(
                            "vercel-paused",
                            "the deployment on Vercel is not active ({x-vercel-error})",
                            "The project was paused or disabled, often because of a plan limit or an unpaid bill.",
                            "Resume the project in Vercel."),
            vercel("(FUNCTION|MIDDLEWARE|EDGE_FUNCTION)_INVOCATION_FAILED", 500)
                    .means(
                            "vercel-crashed",
                            "the function on Vercel crashed ({x-vercel-error})",
                            "The handler or the middleware threw an exception before it answered. A missing"
                                    + " environment variable is a frequent cause.",
                            "Read the function's log in Vercel. Set CLERK_WEBHOOK_SIGNING_SECRET for this"
                                    + " environment, and redeploy the app after that."),
            vercel("[A-Z_]*INVOCATION_TIMEOUT", 504)
                    .means(
                            "vercel-slow",
                            "the function on Vercel did not answer in time ({x-vercel-error})",
                            "The handler does its work before it answers.",
                            "Answer first and do the work afterwards."),
            vercel("[A-Z_]*PAYLOAD_TOO_LARGE", 413)
                    .means(
                            "vercel-size",
                            "the delivery exceeds the size limit of Vercel's functions",
                            "The limit is 4.5 MB, far above Clerk's payloads.",
                            "Find out who sent it. It is probably not Clerk."),
            vercel("ROUTER_EXTERNAL_TARGET_[A-Z_]*|DNS_HOSTNAME_[A-Z_]*", 502, 504, 404, 508)
                    .means(
                            "vercel-rewrite",
                            "the server that Vercel rewrites to does not answer ({x-vercel-error})",
                            "The target of the rewrite is not running or has another address.",
                            "Start it, or correct the rewrite."),
            between(400, 599)
                    .header("x-vercel-error", "^[A-Z_]+$")
                    .means(
                            "vercel-error",
                            "Vercel answers, not the app ({x-vercel-error})",
                            "Vercel did not pass the delivery on, or the function failed.",
                            "Look the code up at https://vercel.com/docs/errors."),
            on(403).header("x-amzn-errortype", "^MissingAuthenticationToken")
                    .means(
                            "api-gateway-no-route",
                            "AWS API Gateway has no route for POST at this path (Missing Authentication Token)",
                            "Despite its name, this error is not about a token: the path, stage or method is wrong.",
                            "Compare the path, the stage in it (such as /prod) and the method with the API, and"
                                    + " deploy it."),
            on(404).header("apigw-requestid", ".")
                    .body("^\\{\"message\":\\s?\"Not Found\"}")
                    .means(
                            "api-gateway-no-route",
                            "AWS API Gateway has no route for POST at this path",
                            "The path, stage or method is wrong.",
                            "Compare the path, the stage in it (such as /prod) and the method with the API, and"
                                    + " deploy it."),
            on(401, 403)
                    .header(
                            "x-amzn-errortype",
                            "^(Forbidden|Unauthorized|AccessDenied|InvalidSignature|IncompleteSignature|WafFiltered)")
                    .means(
                            "api-gateway-forbidden",
                            "AWS API Gateway asks for a key or a sign-in ({x-amzn-errortype})",
                            "The route has an authorizer, an API key, a WAF or a resource policy. Deliveries carry"
                                    + " no credentials for them.",
                            "Remove them from this route. The signature authenticates a delivery."),
            on(502, 504)
                    .header(
                            "x-amzn-errortype",
                            "^(InternalServerError|BadGateway|EndpointRequestTimedOut|IntegrationFailure|IntegrationTimeout)")
                    .means(
                            "api-gateway-no-answer",
                            "AWS API Gateway gets no usable answer from the function ({x-amzn-errortype})",
                            "The function crashed, ran too long, or did not return an object with statusCode.",
                            "Read the function's log in CloudWatch."),
            on(403).body("not configured to allow the HTTP request method|supports only cachable requests")
                    .means(
                            "cloudfront-no-post",
                            "CloudFront does not allow POST at this path",
                            "The behavior for this path allows only GET and HEAD.",
                            "Add a behavior for the path of the webhook that allows all methods, caches nothing and"
                                    + " forwards"
                                    + " the svix- headers."),
            on(502, 504)
                    .body("Generated by cloudfront")
                    .means(
                            "cloudfront-no-app",
                            "CloudFront gets no answer from the server behind it",
                            "The origin is not running, uses another port, or has a certificate for another name.",
                            "Start the origin, and check its settings in CloudFront."),
            on(403).body("Generated by cloudfront")
                    .means(
                            "cloudfront-blocked",
                            "CloudFront blocks the delivery",
                            "An AWS WAF rule or a country restriction applies to the path of the webhook.",
                            "Allow the path of the webhook."),
            on(403, 404, 405)
                    .header("server", "^AmazonS3")
                    .means(
                            "s3",
                            "an S3 bucket answers, not the app",
                            "The path leads to static files, which do not accept POST.",
                            "Route the path of the webhook to the app, or correct the URL."),
            on(403).header("server", "^awselb/")
                    .means(
                            "alb-blocked",
                            "AWS WAF at the load balancer blocks the delivery",
                            "A rule of the web ACL applies to the path of the webhook.",
                            "Allow the path of the webhook in the web ACL."),
            on(502, 503, 504)
                    .header("server", "^awselb/")
                    .means(
                            "alb-no-app",
                            "the AWS load balancer gets no answer from the app",
                            "503: no target is registered. 502: the target closes the connection. 504: the target"
                                    + " does not answer in time, or its security group does not let the load balancer"
                                    + " in.",
                            "Check the target group's health, and compare its port with the app's."),
            on(404, 502, 503)
                    .header("x-railway-fallback", "^true")
                    .means(
                            "railway-no-app",
                            "Railway answers, not the app",
                            "No deployment is running at this host, or the app does not listen on PORT.",
                            DEPLOY + " Compare the domain's target port with the app's."),
            on(404, 502, 503)
                    .header("x-render-routing", "^(no-server|hibernate|dynamic-hibernate|suspend)")
                    .means(
                            "render-no-app",
                            "Render answers, not the app ({x-render-routing})",
                            "No instance is running at this host: it is asleep or suspended, or it failed to start.",
                            DEPLOY + " A sleeping instance takes longer to wake than the 15 seconds that Svix waits;"
                                    + " Svix retries."),
            on(404, 502, 503, 504)
                    .body("herokucdn\\.com/error-pages|<title>Heroku \\| ")
                    .means(
                            "heroku-no-app",
                            "Heroku answers, not the app",
                            "The app crashed, no dyno is running, or no app has this host.",
                            "Run heroku logs --tail and look for the error code (H10: crashed, H12: too slow)."));

    private HostRows() {}

    private static Signs vercel(String codes, int... statuses) {
        return on(statuses).header("x-vercel-error", "^(" + codes + ")$");
    }
}
