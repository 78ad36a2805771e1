package io.github.bellhop.server.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one folder for what web servers and database drivers put into the temporary directory. It is named after the
 * process and removed when that ends; what a killed process has left is removed by the next one.
 */
final class ScratchFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ScratchFolder.class);
    private static final String PREFIX = "bellhop-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-\\d+");

    private final Path path;

    private ScratchFolder(Path path) {
        this.path = path;
    }

    /** Makes the folder, and removes those of processes that have ended. */
    static ScratchFolder create() {
        return create(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static ScratchFolder create(Path temporary) {
        removeAbandoned(temporary);
        try {
            return new ScratchFolder(Files.createTempDirectory(
                    temporary, PREFIX + ProcessHandle.current().pid() + "-"));
        } catch (IOException fault) {
            throw new UncheckedIOException(
                    "The temporary directory " + temporary + " cannot be written. Fix its permissions, or name another"
                            + " with -Djava.io.tmpdir.",
                    fault);
        }
    }

    Path path() {
        return path;
    }

    private static void removeAbandoned(Path temporary) {
        try (Stream<Path> entries = Files.list(temporary)) {
            entries.filter(ScratchFolder::isAbandoned).forEach(ScratchFolder::remove);
        } catch (IOException | UncheckedIOException unreadable) {
            log.debug(
                    "Old folders were not looked for ({})",
                    unreadable.getClass().getSimpleName());
        }
    }

    /** A folder of somebody else is not touched: in a shared directory anybody may take any name. */
    private static boolean isAbandoned(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        try {
            return name.matches()
                    && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder).getName().equals(System.getProperty("user.name"))
                    && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
        } catch (IOException gone) {
            return false;
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> entries = Files.walk(folder)) {
            List<Path> deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException | UncheckedIOException inUse) {
            log.debug(
                    "A temporary folder was not removed ({})", inUse.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        remove(path);
    }
}
