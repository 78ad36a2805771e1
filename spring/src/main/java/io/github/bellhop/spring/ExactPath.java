package io.github.bellhop.spring;

/** The one path of deliveries. It is mapped as it stands, so nothing in it may mean anything to a container. */
final class ExactPath {
    private ExactPath() {}

    static String of(String path) {
        EngineSettings.require(
                path.matches("(/[A-Za-z0-9._~-]+)+") && !path.contains("/."),
                "bellhop.path",
                "a plain path such as /api/webhooks/clerk, below the app's context path, without * and without a"
                        + " slash at its end");
        return path;
    }
}
