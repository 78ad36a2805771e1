package io.github.bellhop.server.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether git has the secrets: in a tracked file, or in one that the next {@code git add} would take. */
record RepositoryCheck(Situation situation) implements Check {
    private static final String NAME = "repository";
    private static final int LONGEST_FILE = 1024 * 1024;
    private static final int SHORTEST_SECRET = 12;
    private static final String IGNORE = "Add the lines .env and .env.* to .gitignore.";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        Path folder = situation.wanted().environment().workingDirectory();
        if (!Files.isDirectory(folder)) {
            return List.of(Finding.skip(NAME, "There is no folder " + folder + ".", null));
        }
        Git git = new Git(folder);
        try {
            Path root = git.root();
            return root == null
                    ? List.of(Finding.skip(NAME, "Not looked at: this is no git repository.", null))
                    : findings(git, root);
        } catch (IOException noGit) {
            return List.of(Finding.skip(NAME, "Not looked at: git cannot be run here.", null));
        }
    }

    private List<Finding> findings(Git git, Path root) throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (String file : git.tracked(root)) {
            String name = file.substring(file.lastIndexOf('/') + 1);
            boolean environment = isEnvironment(name);
            if ((environment || name.matches(".*\\.(properties|ya?ml)|\\.env.*")) && holdsSecret(root.resolve(file))) {
                findings.add(Finding.fail(
                        NAME,
                        "A secret of this program stands in " + file + ", which git tracks.",
                        "Everybody with the repository can sign deliveries or ask Clerk for your users, and its history"
                                + " keeps the secret after the file is gone.",
                        "Run git rm --cached " + file
                                + ", put it into .gitignore, and change the secret: a new endpoint"
                                + " or key in the Clerk Dashboard, then docs/operations.md on rotation."));
            } else if (environment) {
                findings.add(Finding.warn(
                        NAME,
                        "Git tracks " + file + ".",
                        "Secrets are put into such files sooner or later.",
                        "Run git rm --cached " + file + ". " + IGNORE));
            }
        }
        for (String name : List.of(".env", ".env.local")) {
            if (git.wouldAdd(name)) {
                findings.add(Finding.warn(
                        NAME, "Git does not ignore " + name + ".", "The next git add takes the secret along.", IGNORE));
            }
        }
        return findings.isEmpty() ? List.of(Finding.ok(NAME, "Git tracks no secret of this program.")) : findings;
    }

    private static boolean isEnvironment(String name) {
        return name.matches("\\.env(\\..*)?") && !name.matches(".*\\.(example|sample|template|dist)");
    }

    private boolean holdsSecret(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
            return false;
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return Stream.concat(
                        Stream.of(situation.signingSecret().split(",", -1)),
                        Stream.of(situation.settings().secretKey()))
                .map(secret -> secret.strip().replaceFirst("^wh\\w{2,3}_", ""))
                .anyMatch(secret -> secret.length() >= SHORTEST_SECRET && text.contains(secret));
    }
}
