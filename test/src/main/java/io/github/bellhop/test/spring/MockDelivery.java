package io.github.bellhop.test.spring;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.DelegatingServletInputStream;

/**
 * A mock request as a container would pass it to the servlet: mapped to its path, with a body that can be read without
 * blocking.
 */
final class MockDelivery extends HttpServletRequestWrapper implements AsyncListener {
    private final String path;
    private final CountDownLatch ended = new CountDownLatch(1);

    MockDelivery(HttpServletRequest request, String path) {
        super(request);
        this.path = path;
    }

    /** Returns a latch that reaches zero when the answer is complete. */
    CountDownLatch ended() {
        return ended;
    }

    @Override
    public String getServletPath() {
        return path;
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        AsyncContext context = super.startAsync(request, response);
        context.addListener(this);
        return context;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        ended.countDown();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        ended.countDown();
    }

    @Override
    public void onError(AsyncEvent event) {
        ended.countDown();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Called only once.
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new ReadyInput(super.getInputStream().readAllBytes());
    }

    /** A body whose bytes are all available at once. */
    private static final class ReadyInput extends DelegatingServletInputStream {
        ReadyInput(byte[] body) {
            super(new ByteArrayInputStream(body));
        }

        @Override
        public void setReadListener(ReadListener listener) {
            try {
                listener.onDataAvailable();
                listener.onAllDataRead();
            } catch (IOException broken) {
                listener.onError(broken);
            }
        }
    }
}
