package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.testing.Launcher;
import io.github.bellhop.server.testing.Launcher.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the script at the root of the repository in a small project, with a fake Maven and a fake Java. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a script for POSIX shells")
@SameOnEveryJdk
class LauncherTest {
    @TempDir
    Path folder;

    private Launcher launcher;

    @BeforeEach
    void makeTree() throws IOException {
        launcher = new Launcher(folder);
    }

    @Test
    void buildsOnceIfNothingChanges() throws Exception {
        Run first = launcher.run("serve");
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).contains("argument <serve>");
        assertThat(first.err()).contains("bellhop: building").contains("bellhop: built");
        assertThat(launcher.builds()).isEqualTo(1);
        Run second = launcher.run("serve");
        assertThat(second.err()).isEmpty();
        assertThat(launcher.builds()).isEqualTo(1);
    }

    @Test
    void printsTheBuildOutputToStderr() throws Exception {
        Run run = launcher.run("show", "clerk_users", "--json");
        assertThat(run.out()).doesNotContain("fake Maven");
        assertThat(run.err()).contains("fake Maven");
    }

    @Test
    void rebuildsAfterASourceChanges() throws Exception {
        for (String source : List.of(
                "pom.xml",
                ".mvn/maven.config",
                "core/src/main/java/Core.java",
                "sync/src/main/resources/Sync.sql",
                "server/pom.xml")) {
            launcher.run("serve");
            launcher.makeOld();
            int before = launcher.builds();
            launcher.run("serve");
            assertThat(launcher.builds()).isEqualTo(before);
            launcher.touch(source);
            launcher.run("serve");
            assertThat(launcher.builds()).as(source).isEqualTo(before + 1);
        }
    }

    @Test
    void rebuildsAfterASourceIsRemoved() throws Exception {
        launcher.run("serve");
        launcher.makeOld();
        Files.delete(launcher.root().resolve("core/src/main/java/Core.java"));
        launcher.run("serve");
        assertThat(launcher.builds()).isEqualTo(2);
    }

    @Test
    void doesNotRebuildForTestsOrDocuments() throws Exception {
        launcher.run("serve");
        launcher.makeOld();
        launcher.touch("core/src/test/java/CoreTest.java");
        launcher.touch("docs/page.md");
        launcher.run("serve");
        assertThat(launcher.builds()).isEqualTo(1);
    }

    @Test
    void failsIfMavenIsMissing() throws Exception {
        launcher.removeMaven();
        Run run = launcher.run("serve");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Maven not found", "Install Maven 3.8.7");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void needsNoMavenAfterTheBuild() throws Exception {
        launcher.run("serve");
        launcher.removeMaven();
        assertThat(launcher.run("serve").exitCode()).isZero();
    }

    @Test
    void failsIfJavaIsMissingOrTooOld() throws Exception {
        launcher.setJavaRelease("JAVA_VERSION=\"11.0.20\"");
        Run old = launcher.run("serve");
        assertThat(old.exitCode()).isEqualTo(2);
        assertThat(old.err()).contains("Java 11").contains("too old. Install JDK 17");
        launcher.setJavaRelease("JAVA_VERSION=\"1.8.0_402\"");
        assertThat(launcher.run("serve").exitCode()).isEqualTo(2);
        launcher.removeJava();
        Run missing = launcher.run("serve");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("Java not found");
        assertThat(launcher.builds()).isZero();
    }

    @Test
    void archivesClassesOncePerJdk() throws Exception {
        // The path of the default project contains a space, so no option can contain the archive's path.
        Launcher plain = new Launcher(Files.createDirectories(folder.resolve("plain")), "project");
        plain.run("show");
        plain.setJavaRelease("JAVA_VERSION=\"25.0.3\"");
        Run first = plain.run("show");
        assertThat(first.err()).isEmpty();
        assertThat(first.out()).contains("argument <show>");
        plain.run("show");
        assertThat(plain.archives())
                .containsExactly(
                        "-XX:ArchiveClassesAtExit",
                        "-XX:SharedArchiveFile",
                        "-XX:AOTCacheOutput",
                        "-XX:AOTCache",
                        "-XX:AOTCache");
        assertThat(plain.builds()).isEqualTo(1);
    }

    @Test
    void readsTheVersionOfAJavaWithoutAReleaseFile() throws Exception {
        launcher.setJavaRelease(null);
        assertThat(launcher.run("serve").exitCode()).isZero();
    }

    @Test
    void usesJavaHome() throws Exception {
        launcher.moveJavaToJavaHome();
        assertThat(launcher.run("serve").exitCode()).isZero();
    }

    @Test
    void removesTheFolderOfAFailedBuild() throws Exception {
        launcher.failBuilds();
        Run run = launcher.run("serve");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("the build failed");
        assertThat(launcher.buildFolders()).isEmpty();
        launcher.repairBuilds();
        assertThat(launcher.run("serve").exitCode()).isZero();
    }

    @Test
    void replacesItselfWithTheProgram() throws Exception {
        Run run = launcher.run("serve");
        assertThat(run.out()).contains("process " + run.pid() + System.lineSeparator());
    }

    @Test
    void runsInTheCallersDirectory() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("some where else"));
        Run run = launcher.runIn(elsewhere, launcher.script(), "serve");
        assertThat(run.out()).contains("directory " + elsewhere.toRealPath());
    }

    @Test
    void passesItsOwnPathToTheProgram() throws Exception {
        assertThat(launcher.run("serve").out()).contains("launcher <" + launcher.script() + ">");
        Path elsewhere = Files.createDirectory(folder.resolve("else where"));
        Path relative = elsewhere.relativize(launcher.script());
        assertThat(launcher.runIn(elsewhere, relative, "serve").out()).contains("launcher <" + relative + ">");
    }

    @Test
    void worksThroughSymbolicLinks() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path direct = Files.createSymbolicLink(bin.resolve("direct"), launcher.script());
        Path relative = Files.createSymbolicLink(bin.resolve("relative"), bin.relativize(launcher.script()));
        Path chained = Files.createSymbolicLink(folder.resolve("chained"), Path.of("bin", "relative"));
        for (Path link : List.of(direct, relative, chained)) {
            assertThat(launcher.runIn(bin, link, "serve").exitCode())
                    .as(link.toString())
                    .isZero();
        }
        assertThat(launcher.builds()).isEqualTo(1);
    }

    @Test
    void passesArgumentsUnchanged() throws Exception {
        Run run = launcher.run("trigger", "a b", "", "*", "--set=x=\"$HOME\"", "-x");
        assertThat(run.out())
                .contains(
                        "argument <trigger>",
                        "argument <a b>",
                        "argument <>",
                        "argument <*>",
                        "argument <--set=x=\"$HOME\">",
                        "argument <-x>");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void buildsOnceIfStartedTwiceConcurrently(boolean flock) throws Exception {
        if (!flock) {
            launcher.removeFlock();
        }
        launcher.slowBuilds();
        Process one = launcher.start(folder, launcher.script(), "serve");
        Process two = launcher.start(folder, launcher.script(), "serve");
        assertThat(one.waitFor()).isZero();
        assertThat(two.waitFor()).isZero();
        assertThat(launcher.builds()).isEqualTo(1);
    }

    @Test
    void reportsWaitingForAnotherBuildIfFlockIsMissing() throws Exception {
        launcher.removeFlock();
        Path lock = Files.createDirectories(launcher.root().resolve(".bellhop/lock.d"));
        Process waiting = launcher.start(folder, launcher.script(), "serve");
        launcher.awaitText(waiting, "another build");
        assertThat(launcher.builds()).isZero();
        Files.delete(lock);
        assertThat(waiting.waitFor()).isZero();
        assertThat(launcher.builds()).isEqualTo(1);
        assertThat(lock).doesNotExist();
    }

    @Test
    void keepsTheFilesOfARunningProgram() throws Exception {
        launcher.holdProgram();
        Process running = launcher.start(folder, launcher.script(), "serve");
        launcher.awaitProgram(running);
        Path build = launcher.buildFolders().get(0);
        launcher.releaseProgram();
        launcher.makeOld();
        launcher.touch("pom.xml");
        assertThat(launcher.run("serve").exitCode()).isZero();
        assertThat(launcher.builds()).isEqualTo(2);
        assertThat(running.isAlive()).isTrue();
        assertThat(build.resolve("lib/library.jar")).exists();
        running.destroy();
        running.waitFor();
        launcher.makeOld();
        launcher.touch("pom.xml");
        launcher.run("serve");
        assertThat(build).doesNotExist();
    }
}
