package io.github.bellhop.simulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a request to its end, gives it to the API whose prefix it has, and writes the answer. */
final class ApiHandler extends Handler.Abstract {
    private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);

    /** Twice what Svix takes as a payload, which travels as a text inside JSON. */
    private static final int MAX_BODY = 2 * 1024 * 1024;

    private final List<Api> apis;

    ApiHandler(List<Api> apis) {
        this.apis = apis;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        ApiResponse answer = answer(request);
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.setStatus(answer.status());
        if (answer.body() == null) {
            callback.succeeded();
        } else {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.write(true, ByteBuffer.wrap(ApiJson.write(answer.body())), callback);
        }
        return true;
    }

    private ApiResponse answer(Request request) throws IOException {
        String refusal = LoopbackGuard.refusal(
                request.getHeaders().get(HttpHeader.HOST), request.getHeaders().get(HttpHeader.ORIGIN));
        if (refusal != null) {
            return problem(403, refusal);
        }
        byte[] body = body(request);
        if (body == null) {
            return problem(413, "The body is longer than " + MAX_BODY + " bytes.");
        }
        List<String> path = segments(request.getHttpURI().getPath());
        Api api = path == null ? null : of(path);
        if (api == null || path == null) {
            return problem(404, "There is no API at this path.");
        }
        try {
            return api.handle(new ApiRequest(
                    request.getMethod().toUpperCase(Locale.ROOT),
                    path.subList(prefix(api).size(), path.size()),
                    query(request.getHttpURI().getQuery()),
                    headers(request),
                    body));
        } catch (RuntimeException fault) {
            log.warn("The simulator has a fault", fault);
            return problem(500, "The simulator has a fault: " + fault.getClass().getSimpleName());
        }
    }

    private static ApiResponse problem(int status, String detail) {
        return ApiResponse.of(status, ApiJson.object().put("code", "refused").put("detail", detail));
    }

    private static byte @Nullable [] body(Request request) throws IOException {
        try (InputStream in = Request.asInputStream(request)) {
            byte[] body = in.readNBytes(MAX_BODY + 1);
            return body.length > MAX_BODY ? null : body;
        }
    }

    private @Nullable Api of(List<String> path) {
        for (Api api : apis) {
            List<String> prefix = prefix(api);
            if (path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix)) {
                return api;
            }
        }
        return null;
    }

    private static List<String> prefix(Api api) {
        return List.of(api.prefix().substring(1).split("/", -1));
    }

    /** Decoded; without empty segments, since clients write slashes at the end and twice. Null when undecodable. */
    private static @Nullable List<String> segments(@Nullable String path) {
        try {
            return Arrays.stream(String.valueOf(path).split("/", -1))
                    .filter(segment -> !segment.isEmpty())
                    .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList();
        } catch (IllegalArgumentException undecodable) {
            return null;
        }
    }

    private static Map<String, List<String>> query(@Nullable String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(decoded(name), key -> new ArrayList<>(1)).add(decoded(value));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException undecodable) {
            return text;
        }
    }

    private static Map<String, String> headers(Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            if (field.getValue() != null) {
                headers.putIfAbsent(field.getLowerCaseName(), field.getValue());
            }
        }
        return headers;
    }
}
