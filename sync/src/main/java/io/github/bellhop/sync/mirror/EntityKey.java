package io.github.bellhop.sync.mirror;

/**
 * Names one entity.
 *
 * @param entity the kind, as {@link MirrorTable#entity()} has it
 * @param id     Clerk's id
 * @hidden
 */
public record EntityKey(String entity, String id) implements Comparable<EntityKey> {
    /** The longest id that is indexed and stored. */
    public static final int MAX_ID_LENGTH = 255;

    @Override
    public int compareTo(EntityKey other) {
        int byId = id.compareTo(other.id);
        return byId != 0 ? byId : entity.compareTo(other.entity);
    }
}
