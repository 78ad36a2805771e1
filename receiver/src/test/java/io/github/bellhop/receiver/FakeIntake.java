package io.github.bellhop.receiver;

import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** An intake that stores submitted messages in memory and answers as configured: immediately, later or never. */
final class FakeIntake implements Intake {
    private final List<IncomingMessage> messages = new CopyOnWriteArrayList<>();
    private final Queue<Consumer<Receipt>> heldBack = new ConcurrentLinkedQueue<>();
    private volatile boolean ready = true;
    private volatile BiConsumer<IncomingMessage, Consumer<Receipt>> behaviour;

    FakeIntake() {
        answerWith(Receipt.KEPT);
    }

    void answerWith(Receipt receipt) {
        behaviour = (message, answer) -> answer.accept(receipt);
    }

    /** Holds back all answers until the test releases them. */
    void holdBack() {
        behaviour = (message, answer) -> heldBack.add(answer);
    }

    void behave(BiConsumer<IncomingMessage, Consumer<Receipt>> how) {
        behaviour = how;
    }

    /** Releases all held-back answers. */
    void answerHeldBack(Receipt receipt) {
        for (Consumer<Receipt> answer = heldBack.poll(); answer != null; answer = heldBack.poll()) {
            answer.accept(receipt);
        }
    }

    List<IncomingMessage> messages() {
        return messages;
    }

    List<String> ids() {
        return messages.stream().map(IncomingMessage::messageId).toList();
    }

    @Override
    public void submit(IncomingMessage message, Consumer<Receipt> answer) {
        messages.add(message);
        behaviour.accept(message, answer);
    }

    void ready(boolean changed) {
        ready = changed;
    }

    @Override
    public boolean isReady() {
        return ready;
    }
}
