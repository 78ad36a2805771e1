package io.github.bellhop.server.settings;

import io.github.bellhop.SettingNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Loads the settings. In order of precedence, they come from a command's options, the environment with its {@code .env}
 * files, {@code bellhop.yaml} and the defaults.
 */
public final class SettingsLoader {
    private static final String DEFAULTS = "bellhop-defaults.yaml";
    private static final String OVERRIDES_FILE = "bellhop.yaml";

    /** Describes the values that settings of each type accept. */
    private static final Map<Class<?>, String> WORDS = Map.of(
            int.class, "an integer",
            boolean.class, "true or false",
            Duration.class, "a duration such as 10s, 5m or 6h",
            DataSize.class, "a size such as 512KB or 1MB",
            URI.class, "a URL such as https://example.com/list.json");

    private SettingsLoader() {}

    /**
     * Loads the settings.
     *
     * @param options settings from the command line, by their full names
     * @param changed defaults that differ for the command
     * @throws UnusableSettingException if a setting is invalid or unknown; the message names it
     */
    public static ServerSettings load(
            ProgramEnvironment environment, Map<String, Object> options, Map<String, Object> changed) {
        SettingNames.use(EnvironmentVariables::nameOf);
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(new MapPropertySource("options", options));
        sources.addLast(new MapPropertySource("environment", variables(environment)));
        Path file = environment.workingDirectory().resolve(OVERRIDES_FILE);
        if (Files.isRegularFile(file)) {
            yaml(file.toString(), new FileSystemResource(file)).forEach(sources::addLast);
        }
        sources.addLast(new MapPropertySource("command", changed));
        yaml(DEFAULTS, defaults()).forEach(sources::addLast);
        try {
            return new Binder(ConfigurationPropertySources.from(sources))
                    .bind(
                            "bellhop",
                            Bindable.of(ServerSettings.class),
                            new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                    .get();
        } catch (BindException wrong) {
            throw unusable(wrong);
        }
    }

    private static Map<String, Object> variables(ProgramEnvironment environment) {
        Map<String, Object> settings = new LinkedHashMap<>();
        EnvironmentVariables.TO_SETTING.forEach((variable, setting) -> {
            String value = environment.get(variable);
            if (value != null) {
                settings.put(setting, value);
            }
        });
        return settings;
    }

    private static Resource defaults() {
        try (var in = SettingsLoader.class.getResourceAsStream("/io/github/bellhop/server/" + DEFAULTS)) {
            if (in == null) {
                throw new IllegalStateException("the program was built without its " + DEFAULTS);
            }
            return new ByteArrayResource(in.readAllBytes());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static List<PropertySource<?>> yaml(String name, Resource resource) {
        try {
            return new YamlPropertySourceLoader().load(name, resource);
        } catch (IOException | RuntimeException broken) {
            throw new UnusableSettingException("The file " + name + " is not valid YAML" + place(broken)
                    + ". Compare it with the defaults in docs/configuration.md.");
        }
    }

    /** Returns the line of the error. The parser's own message is not used, because it quotes the file. */
    private static String place(Exception broken) {
        return broken instanceof MarkedYAMLException marked && marked.getProblemMark() != null
                ? " (line " + (marked.getProblemMark().getLine() + 1) + ")"
                : "";
    }

    /** Makes the exception. The binder's own message is not used, because it quotes the value, which may be a secret. */
    private static UnusableSettingException unusable(BindException wrong) {
        for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnboundConfigurationPropertiesException unknown) {
                String names = unknown.getUnboundProperties().stream()
                        .map(property -> property.getName().toString())
                        .sorted()
                        .collect(Collectors.joining(", "));
                return new UnusableSettingException(
                        "Unknown setting " + names + ". See docs/configuration.md for all settings.");
            }
        }
        return new UnusableSettingException(
                "The setting " + EnvironmentVariables.nameOf(wrong.getName().toString()) + " must be "
                        + words(wrong.getTarget().getType().resolve(Object.class))
                        + ". See docs/configuration.md.");
    }

    private static String words(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Stream.of(type.getEnumConstants())
                            .map(word -> ((Enum<?>) word).name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        return WORDS.getOrDefault(type, "a text");
    }
}
