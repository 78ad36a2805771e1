package io.github.bellhop.examples.spring;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** All e-mails, sent or not. */
interface Mails extends JpaRepository<Mail, String> {
    List<Mail> findBySentAtIsNull();
}
