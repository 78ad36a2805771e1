package io.github.bellhop.server.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The program's class path for processes that tests start. After the first start, the program's classes are archived
 * for later starts (class-data sharing), which then take two thirds of the time. The JDK archives classes from jars
 * only.
 */
final class ProgramClasses {
    private static final int STARTS_WITHOUT_ARCHIVE = 1;
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private static int starts;
    private static @Nullable List<String> withArchive;

    private ProgramClasses() {}

    /** Runs the program in a folder with these JVM options until it is ready, and stops it. */
    interface TrialRun {
        void run(Path folder, List<String> options);
    }

    /** Returns the options for one start. */
    static synchronized List<String> options(TrialRun trial) {
        starts++;
        if (starts <= STARTS_WITHOUT_ARCHIVE) {
            return List.of("-cp", CLASS_PATH);
        }
        if (withArchive == null) {
            withArchive = archive(trial);
        }
        return withArchive;
    }

    private static List<String> archive(TrialRun trial) {
        try {
            return archiveIn(Files.createTempDirectory("bellhop-classes"), trial);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static List<String> archiveIn(Path folder, TrialRun trial) throws IOException {
        List<String> path = new ArrayList<>();
        for (String entry : CLASS_PATH.split(File.pathSeparator)) {
            Path place = Path.of(entry);
            if (!Files.isDirectory(place)) {
                path.add(entry);
            } else if (!place.endsWith("test-classes")) {
                path.add(jar(place, folder.resolve(path.size() + ".jar")).toString());
            }
        }
        String joined = String.join(File.pathSeparator, path);
        Path archive = folder.resolve("classes.jsa");
        trial.run(folder, List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable", "-cp", joined));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
        return Files.exists(archive)
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-cp", joined)
                : List.of("-cp", CLASS_PATH);
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            zip.setLevel(1);
            // Includes folders, because resources in a folder, such as migrations, are found only through the folder's
            // entry.
            for (Path each :
                    files.filter(each -> !each.equals(classes)).sorted().toList()) {
                boolean isFolder = Files.isDirectory(each);
                String name = classes.relativize(each).toString().replace(File.separatorChar, '/');
                zip.putNextEntry(new ZipEntry(isFolder ? name + "/" : name));
                if (!isFolder) {
                    Files.copy(each, zip);
                }
                zip.closeEntry();
            }
        }
        return jar;
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException left) {
            // The operating system cleans its temporary folder later.
        }
    }
}
