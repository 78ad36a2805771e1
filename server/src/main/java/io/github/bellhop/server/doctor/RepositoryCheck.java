package io.github.bellhop.server.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks that git tracks no file with a secret, and that the next {@code git add} would add none. */
record RepositoryCheck(Situation situation) implements Check {
    private static final int MIN_SECRET_CHARS = 12;
    private static final String[] ENVIRONMENT_FILES = {":(glob)**/.env", ":(glob)**/.env.*"};

    /** The files that the program writes in its working directory. */
    private static final String[] OWN_FILES = {
        "data/dev-secret", "data/listen-secret", "data/relay-token-*", "data/bellhop.db*"
    };

    private static final String OWN_FILES_HOLD = "The folder data/ contains secrets and a database with personal data.";
    private static final String IGNORE = "Add the lines .env and .env.* to .gitignore.";

    @Override
    public List<Finding> run() throws InterruptedException {
        Path folder = situation.folder();
        if (!Files.isDirectory(folder)) {
            return List.of(Finding.skip("There is no folder " + folder + ".", null));
        }
        Git git = new Git(folder);
        try {
            Git.Standing standing = git.standing();
            if (standing.root() != null) {
                return findings(git, standing.root());
            }
            return List.of(
                    standing.untrusted()
                            ? Finding.skip(
                                    "Not checked: the repository belongs to another user, and git refuses to read it.",
                                    "Run bellhop doctor as its owner, or mark it as safe: git config --global --add"
                                            + " safe.directory FOLDER")
                            : Finding.skip("Not checked: this is not a git repository.", null));
        } catch (IOException noGit) {
            return List.of(Finding.skip("Not checked: git cannot be run here.", null));
        }
    }

    private List<Finding> findings(Git here, Git root) throws IOException, InterruptedException {
        List<String> withSecret = root.trackedWith(secrets());
        List<Finding> findings = new ArrayList<>();
        withSecret.forEach(file -> findings.add(holdsSecret(file)));
        for (String file : root.tracked(ENVIRONMENT_FILES)) {
            if (isEnvironment(file) && !withSecret.contains(file)) {
                findings.add(Finding.warn(
                        "Git tracks " + file + ".",
                        "Such files usually contain secrets sooner or later.",
                        "Run git rm --cached " + file + ". " + IGNORE));
            }
        }
        for (String file : here.tracked(OWN_FILES)) {
            findings.add(Finding.fail(
                    "Git tracks " + file + ".",
                    OWN_FILES_HOLD,
                    "Run git rm --cached " + file + ", and add the line data/ to .gitignore."));
        }
        for (String file : root.wouldAdd(ENVIRONMENT_FILES)) {
            if (isEnvironment(file)) {
                findings.add(Finding.warn(
                        "Git does not ignore " + file + ".", "The next git add would add its secrets.", IGNORE));
            }
        }
        here.wouldAdd(OWN_FILES).stream()
                .findFirst()
                .ifPresent(file -> findings.add(Finding.warn(
                        "Git does not ignore " + file + ".",
                        "The next git add would add it. " + OWN_FILES_HOLD,
                        "Add the line data/ to .gitignore.")));
        return findings.isEmpty() ? List.of(Finding.ok("Git tracks no secret of this program.")) : findings;
    }

    private static Finding holdsSecret(String file) {
        return Finding.fail(
                "A secret of this program is in " + file + ", which git tracks.",
                "Anyone with access to the repository can sign deliveries or read your users from Clerk. The git"
                        + " history keeps the secret even after the file is removed.",
                "Remove it from " + file + " (or run git rm --cached " + file + " and add the file to .gitignore)."
                        + " Then rotate the secret: create a new endpoint or key in the Clerk Dashboard, and see"
                        + " docs/operations.md about rotation.");
    }

    private static boolean isEnvironment(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return !name.matches(".*\\.(example|sample|template|dist)");
    }

    private List<String> secrets() {
        return Stream.concat(
                        Stream.of(situation.signingSecret().split(",", -1)),
                        Stream.of(situation.settings().secretKey()))
                .map(secret -> secret.strip().replaceFirst("^wh\\w{2,3}_", ""))
                .filter(secret -> secret.length() >= MIN_SECRET_CHARS && !secret.contains("\n"))
                .toList();
    }
}
