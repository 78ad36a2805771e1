package io.github.bellhop.spring;

import org.springframework.data.jpa.repository.JpaRepository;

/** The repository of the JPA apps under test. */
interface JpaNotes extends JpaRepository<JpaNote, String> {}
