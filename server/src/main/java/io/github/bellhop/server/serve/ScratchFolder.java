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
 * The only folder in which web servers and database drivers create temporary files. Its name contains the process id.
 * It is removed when the process ends; the folder of a killed process is removed by the next process.
 */
final class ScratchFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ScratchFolder.class);
    private static final String PREFIX = "bellhop-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-\\d+");

    private final Path path;

    private ScratchFolder(Path path) {
        this.path = path;
    }

    /** Creates the folder, and removes the folders of processes that have ended. */
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
                    "The temporary directory " + temporary + " is not writable. Fix its permissions, or set another"
                            + " one with -Djava.io.tmpdir.",
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
                    "Could not look for old temporary folders ({})",
                    unreadable.getClass().getSimpleName());
        }
    }

    /** Skips folders of other users, who can choose any name in a shared directory. */
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
                    "Could not remove a temporary folder ({})", inUse.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        remove(path);
    }
}
