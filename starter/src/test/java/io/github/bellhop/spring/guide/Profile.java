package io.github.bellhop.spring.guide;

import io.github.bellhop.sync.read.ClerkUser;
import io.github.bellhop.sync.read.ClerkUsers;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
class Profile {
    private final ClerkUsers users;

    Profile(ClerkUsers users) {
        this.users = users;
    }

    Optional<ClerkUser> of(String userId) {
        return users.getOrFetch(userId);
    }
}
