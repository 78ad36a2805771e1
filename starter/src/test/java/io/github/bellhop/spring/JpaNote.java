package io.github.bellhop.spring;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An entity of the JPA apps under test. */
@Entity
@Table(name = "jpa_notes")
class JpaNote {
    @Id
    private String id;

    /** Hibernate does not check for duplicates; the database rejects them at the flush. */
    @Column(unique = true)
    private String text;

    protected JpaNote() {}

    JpaNote(String id, String text) {
        this.id = id;
        this.text = text;
    }

    String id() {
        return id;
    }

    void rewrite(String changed) {
        text = changed;
    }
}
