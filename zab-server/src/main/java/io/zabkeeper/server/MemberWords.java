package io.zabkeeper.server;

import io.zabkeeper.server.admin.FourLetterWords;
import io.zabkeeper.server.admin.Word;
import io.zabkeeper.server.admin.report.Desk;
import io.zabkeeper.server.admin.report.TraceMask;
import io.zabkeeper.server.net.AdminWords;
import io.zabkeeper.server.request.RequestCounters;
import java.util.function.Consumer;

/** The four-letter words between the client port, where they arrive, and the desk that answers. On the replica loop. */
final class MemberWords implements AdminWords {
    private final FourLetterWords words;
    private final Desk desk;
    private final RequestCounters counters;
    private final TraceMask traceMask;

    MemberWords(FourLetterWords words, Desk desk, RequestCounters counters, TraceMask traceMask) {
        this.words = words;
        this.desk = desk;
        this.counters = counters;
        this.traceMask = traceMask;
    }

    @Override
    public int argumentSize(int firstBytes) {
        Word word = Word.of(firstBytes);
        return word == null ? -1 : word.argumentSize();
    }

    @Override
    public void answer(int firstBytes, long argument, Consumer<String> answer) {
        Word word = Word.of(firstBytes);
        if (word == null) {
            throw new IllegalArgumentException("no word: " + Integer.toHexString(firstBytes));
        }
        if (!words.isAllowed(word)) {
            counters.sent();
            answer.accept(FourLetterWords.refusal(word));
            return;
        }
        if (word == Word.STMK) {
            traceMask.set(argument);
        }
        desk.ask(word.effect(), word.topics(), report -> answer.accept(words.answer(word, report, traceMask.get())));
        counters.sent();
    }
}
