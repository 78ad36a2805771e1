package io.github.bellhop.spring;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An entity of the apps under test that have JPA. */
@Entity
@Table(name = "jpa_notes")
class JpaNote {
    @Id
    private String id;

    /** Hibernate leaves it to the database to refuse one that is there already, which it does at the flush. */
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
