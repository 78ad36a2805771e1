package io.github.bellhop.sync.mirror;

/**
 * The identity of an entity.
 *
 * @param entity the kind of entity; see {@link MirrorTable#entity()}
 * @param id     Clerk's id
 * @hidden
 */
public record EntityKey(String entity, String id) implements Comparable<EntityKey> {
    /** The maximum length of an id that is stored and indexed. */
    public static final int MAX_ID_LENGTH = 255;

    @Override
    public int compareTo(EntityKey other) {
        int byId = id.compareTo(other.id);
        return byId != 0 ? byId : entity.compareTo(other.entity);
    }
}
