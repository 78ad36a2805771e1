package io.github.bellhop.server.testing;

import static io.github.bellhop.server.testing.AnswerStages.location;
import static io.github.bellhop.server.testing.AnswerStages.stage;

import io.github.bellhop.server.testing.AnswerStages.Stage;
import java.util.List;
import java.util.Map;

/** Example answers of tunnels and hosting services. */
final class HostedStages {
    private static final Map<String, String> CLOUDFLARE = Map.of(
            "Server", "cloudflare", "CF-RAY", "8c0ffee0deadbeef-ICN", "Content-Type", "text/plain; charset=UTF-8");
    private static final Map<String, String> ALB = Map.of("Server", "awselb/2.0", "Content-Type", "text/html");

    private HostedStages() {}

    private static Map<String, String> ngrok(String code) {
        return Map.of("Content-Type", "text/html", "Ngrok-Error-Code", code, "Referrer-Policy", "no-referrer");
    }

    private static Map<String, String> vercel(String code) {
        return Map.of(
                "Server",
                "Vercel",
                "X-Vercel-Error",
                code,
                "X-Vercel-Id",
                "icn1::x2k4-1700000000000-0123456789ab",
                "Content-Type",
                "text/plain; charset=utf-8");
    }

    static List<Stage> tunnels() {
        return List.of(
                stage(
                        "ngrok-offline",
                        404,
                        ngrok("ERR_NGROK_3200"),
                        "<!DOCTYPE html>",
                        "ngrok tunnel is offline",
                        "bellhop dev"),
                stage(
                        "ngrok-no-app",
                        502,
                        ngrok("ERR_NGROK_8012"),
                        "<!DOCTYPE html>",
                        "ERR_NGROK_8012",
                        "Start the app"),
                stage(
                        "ngrok-warning",
                        200,
                        ngrok("ERR_NGROK_6024"),
                        "<!DOCTYPE html>",
                        "warning page",
                        "ERR_NGROK_6024"),
                stage(
                        "ngrok-limit",
                        403,
                        ngrok("ERR_NGROK_727"),
                        "<!DOCTYPE html>",
                        "ngrok account has reached its limit"),
                stage(
                        "ngrok-error",
                        403,
                        ngrok("ERR_NGROK_3206"),
                        "<!DOCTYPE html>",
                        "ERR_NGROK_3206",
                        "ngrok.com/docs/errors"),
                stage(
                        "cloudflare-challenge",
                        403,
                        Map.of("Server", "cloudflare", "cf-mitigated", "challenge", "Content-Type", "text/html"),
                        "<!DOCTYPE html><html><head><title>Just a moment...</title>",
                        "challenge for browsers",
                        "WAF custom rule",
                        "Skip"),
                stage("cloudflare-rate-limit", 429, CLOUDFLARE, "error code: 1015", "Cloudflare rate limit"),
                stage("cloudflare-blocked", 403, CLOUDFLARE, "error code: 1020", "Cloudflare's firewall", "Skip"),
                stage("cloudflare-blocked", 403, CLOUDFLARE, "error code: 1010", "Cloudflare's firewall"),
                stage("cloudflare-tunnel-down", 530, CLOUDFLARE, "error code: 1033", "cloudflared", "1033"),
                stage("cloudflare-dns", 530, CLOUDFLARE, "error code: 1016", "DNS record"),
                stage(
                        "cloudflare-empty",
                        520,
                        CLOUDFLARE,
                        "error code: 520",
                        "empty or unreadable answer",
                        "app's log"),
                stage(
                        "cloudflare-refused",
                        521,
                        CLOUDFLARE,
                        "error code: 521",
                        "refuses the connection",
                        "cloudflare.com/ips"),
                stage("cloudflare-unreachable", 522, CLOUDFLARE, "error code: 522", "cannot reach", "firewall"),
                stage("cloudflare-unreachable", 523, CLOUDFLARE, "error code: 523", "cannot reach"),
                stage("cloudflare-slow", 524, CLOUDFLARE, "error code: 524", "in time", "Answer first"),
                stage("cloudflare-certificate", 525, CLOUDFLARE, "error code: 525", "certificate"),
                stage("cloudflare-certificate", 526, CLOUDFLARE, "error code: 526", "certificate", "Full (strict)"),
                stage("cloudflare-origin", 527, CLOUDFLARE, "error code: 527", "cannot reach the server behind it"),
                stage(
                        "cloudflare-no-app",
                        502,
                        CLOUDFLARE,
                        "error code: 502",
                        "Cloudflare or its tunnel",
                        "cloudflared"),
                stage(
                        "cloudflare-size",
                        413,
                        Map.of("Server", "cloudflare", "Content-Type", "text/html"),
                        "<html>\r\n<head><title>413 Payload Too Large</title></head>\r\n<body>\r\n<center><h1>413"
                                + " Payload Too"
                                + " Large</h1></center>\r\n<hr><center>cloudflare</center>\r\n",
                        "larger than Cloudflare"));
    }

    static List<Stage> hosts() {
        return List.of(
                stage(
                        "vercel-protection",
                        401,
                        Map.of(
                                "Server", "Vercel",
                                "Set-Cookie",
                                        "_vercel_sso_nonce=k33pNonce; Max-Age=3600; Path=/; Secure; HttpOnly;"
                                                + " SameSite=Lax",
                                "Content-Type", "text/html; charset=utf-8"),
                        "<!doctype html><html><head><title>Authentication Required</title>",
                        "Deployment Protection",
                        "x-vercel-protection-bypass"),
                stage(
                        "vercel-protection",
                        401,
                        Map.of("Server", "Vercel", "Content-Type", "text/html"),
                        "<a href=\"https://vercel.com/sso-api?url=...\">Vercel Authentication</a>",
                        "Deployment Protection"),
                stage(
                        "vercel-protection",
                        302,
                        location("https://vercel.com/sso-api?url=https%3A%2F%2Fapp-git-x.vercel.app&nonce=k33p"),
                        "",
                        "Deployment Protection"),
                stage(
                        "vercel-firewall",
                        429,
                        Map.of("Server", "Vercel", "x-vercel-mitigated", "challenge"),
                        "",
                        "Vercel's firewall",
                        "challenge"),
                stage(
                        "vercel-no-deployment",
                        404,
                        vercel("DEPLOYMENT_NOT_FOUND"),
                        "The deployment could not be found on Vercel.",
                        "no deployment at this host"),
                stage(
                        "vercel-not-found",
                        404,
                        vercel("NOT_FOUND"),
                        "The page could not be found\n\nNOT_FOUND\n",
                        "nothing at this path",
                        "/api/webhooks/clerk"),
                stage("vercel-paused", 402, vercel("DEPLOYMENT_DISABLED"), "Payment required", "not active", "Resume"),
                stage(
                        "vercel-crashed",
                        500,
                        vercel("FUNCTION_INVOCATION_FAILED"),
                        "A server error has occurred",
                        "crashed",
                        "log"),
                stage(
                        "vercel-slow",
                        504,
                        vercel("FUNCTION_INVOCATION_TIMEOUT"),
                        "An error occurred with your deployment",
                        "in time",
                        "Answer first"),
                stage("vercel-size", 413, vercel("FUNCTION_PAYLOAD_TOO_LARGE"), "Request Entity Too Large", "4.5 MB"),
                stage("vercel-rewrite", 502, vercel("ROUTER_EXTERNAL_TARGET_ERROR"), "", "rewrite"),
                stage(
                        "vercel-error",
                        508,
                        vercel("INFINITE_LOOP_DETECTED"),
                        "",
                        "INFINITE_LOOP_DETECTED",
                        "vercel.com/docs/errors"),
                stage(
                        "api-gateway-no-route",
                        403,
                        Map.of(
                                "x-amzn-ErrorType",
                                "MissingAuthenticationTokenException",
                                "Content-Type",
                                "application/json"),
                        "{\"message\":\"Missing Authentication Token\"}",
                        "no route for POST",
                        "stage"),
                stage(
                        "api-gateway-no-route",
                        404,
                        Map.of("apigw-requestid", "abc="),
                        "{\"message\":\"Not Found\"}",
                        "no route for POST"),
                stage(
                        "api-gateway-forbidden",
                        403,
                        Map.of("x-amzn-ErrorType", "ForbiddenException"),
                        "{\"message\":\"Forbidden\"}",
                        "ForbiddenException",
                        "authorizer"),
                stage(
                        "api-gateway-no-answer",
                        502,
                        Map.of("x-amzn-ErrorType", "InternalServerErrorException"),
                        "{\"message\": \"Internal server error\"}",
                        "CloudWatch"),
                stage(
                        "cloudfront-no-post",
                        403,
                        Map.of("Server", "CloudFront", "X-Cache", "Error from cloudfront", "Content-Type", "text/html"),
                        "<P>This distribution is not configured to allow the HTTP request method that was used for"
                                + " this request."
                                + " The distribution supports only cachable requests.",
                        "not allow POST",
                        "behavior"),
                stage(
                        "cloudfront-no-app",
                        502,
                        Map.of("Server", "CloudFront"),
                        "<PRE>\nGenerated by cloudfront (CloudFront)\n",
                        "origin"),
                stage(
                        "cloudfront-blocked",
                        403,
                        Map.of("Server", "CloudFront"),
                        "<H2>Request blocked.</H2><PRE>\nGenerated by cloudfront (CloudFront)",
                        "WAF"),
                stage(
                        "s3",
                        405,
                        Map.of("Server", "AmazonS3"),
                        "<Error><Code>MethodNotAllowed</Code></Error>",
                        "S3",
                        "static files"),
                stage("alb-blocked", 403, ALB, "<center><h1>403 Forbidden</h1></center>", "AWS WAF"),
                stage(
                        "alb-no-app",
                        503,
                        ALB,
                        "<center><h1>503 Service Temporarily Unavailable</h1></center>",
                        "no target"),
                stage(
                        "railway-no-app",
                        502,
                        Map.of("Server", "railway-edge", "x-railway-fallback", "true"),
                        "{\"message\":\"Application failed to respond\"}",
                        "Railway",
                        "PORT"),
                stage(
                        "render-no-app",
                        404,
                        Map.of("Server", "cloudflare", "x-render-routing", "no-server"),
                        "Not Found",
                        "Render",
                        "no-server"),
                stage(
                        "heroku-no-app",
                        503,
                        Map.of("Server", "Heroku"),
                        "<iframe src=\"//www.herokucdn.com/error-pages/application-error.html\">",
                        "heroku logs"));
    }
}
