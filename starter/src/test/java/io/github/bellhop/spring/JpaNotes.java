package io.github.bellhop.spring;

import org.springframework.data.jpa.repository.JpaRepository;

/** The repository of the apps under test that have JPA. */
interface JpaNotes extends JpaRepository<JpaNote, String> {}
