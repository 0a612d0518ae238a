// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.ExitCode;
import dev.plancheck.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScriptReaderTest {
  @TempDir Path folder;

  @Test
  void filesComeInTheOrderTheyWereNamed() throws IOException {
    write("b.sql", "SELECT 'b'".getBytes(UTF_8));
    write("a.txt", "SELECT 'a'".getBytes(UTF_8));
    assertThat(read("b.sql", "a.txt"))
        .extracting(ScriptFile::path, file -> file.source().text())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("b.sql", "SELECT 'b'"),
            org.assertj.core.groups.Tuple.tuple("a.txt", "SELECT 'a'"));
  }

  @Test
  void aFolderIsItsScriptsByPath() throws IOException {
    write("db/V2.sql", new byte[0]);
    write("db/V1.SQL", new byte[0]);
    write("db/more/V0.sql", new byte[0]);
    write("db/.git/hidden.sql", new byte[0]);
    write("db/readme.md", new byte[0]);
    assertThat(read("db"))
        .extracting(ScriptFile::path)
        .containsExactly("db/V1.SQL", "db/V2.sql", "db/more/V0.sql");
  }

  @Test
  void aScriptThatIsNamedTwiceIsReadOnce() throws IOException {
    write("db/a.sql", new byte[0]);
    assertThat(read("db/a.sql", "db", "./db/a.sql"))
        .extracting(ScriptFile::path)
        .containsExactly("db/a.sql");
  }

  @Test
  void aDashIsStandardInput() {
    assertThat(ScriptReader.read(terminal("SELECT 'é'"), List.of("-")).getFirst())
        .returns("<stdin>", ScriptFile::path)
        .returns("SELECT 'é'", file -> file.source().text());
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws IOException {
    write("a.sql", "\uFEFFSELECT 1".getBytes(UTF_8));
    assertThat(read("a.sql").getFirst().source().text()).isEqualTo("SELECT 1");
  }

  @Test
  void aReplacementCharacterInTheFileIsNoError() throws IOException {
    write("a.sql", "SELECT '\uFFFD'".getBytes(UTF_8));
    assertThat(read("a.sql").getFirst().source().text()).isEqualTo("SELECT '\uFFFD'");
  }

  @Test
  void anotherEncodingIsRefusedWithItsFirstByte() throws IOException {
    write("a.sql", "-- ok\n-- é".getBytes(ISO_8859_1));
    assertRefused("a.sql")
        .hasMessageStartingWith("a.sql: is not UTF-8: byte 0xE9 at offset 9, line 2;");
  }

  @Test
  void anEncodingErrorFarBehindIsFound() throws IOException {
    write("a.sql", ("é".repeat(20_000) + "\n\u00ff").getBytes(ISO_8859_1));
    assertRefused("a.sql").hasMessageContaining("offset 0, line 1");
    var bytes = ("é".repeat(20_000) + "\nx").getBytes(UTF_8);
    bytes[bytes.length - 1] = (byte) 0xff;
    write("b.sql", bytes);
    assertRefused("b.sql").hasMessageContaining("byte 0xFF at offset 40001, line 2");
  }

  @Test
  void utf16IsRefusedWithARemedy() throws IOException {
    write("a.sql", "SELECT 1".getBytes(UTF_16));
    write("b.sql", "SELECT 1".getBytes(UTF_16LE));
    assertRefused("a.sql").hasMessageContaining("iconv -f UTF-16 -t UTF-8");
    assertRefused("b.sql").hasMessageContaining("iconv -f UTF-16 -t UTF-8");
  }

  @Test
  void binaryIsRefused() throws IOException {
    write("a.sql", new byte[] {'P', 'K', 3, 4, 0, 7, 7, 7});
    assertRefused("a.sql").hasMessageContaining("is a binary file: byte 4 is NUL");
  }

  @Test
  void tooLargeIsRefused() throws IOException {
    write("a.sql", " ".repeat(ScriptReader.LIMIT + 1).getBytes(UTF_8));
    assertRefused("a.sql").hasMessageContaining("is larger than 64 MB");
  }

  @Test
  void everyProblemIsToldAtOnce() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    write("db/bad.sql", new byte[] {'a', 0});
    assertThatThrownBy(() -> read("missing.sql", "empty", "db", "a\0b"))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage(
            """
            missing.sql: no such file or folder
            empty: has no *.sql file in it
            db/bad.sql: is a binary file: byte 1 is NUL (expected: SQL text)
            a\0b: is no file name: Nul character not allowed\
            """);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String name) {
    return assertThatThrownBy(() -> read(name)).isInstanceOf(CommandException.class);
  }

  private List<ScriptFile> read(String... names) {
    return ScriptReader.read(terminal(""), List.of(names));
  }

  private Terminal terminal(String in) {
    var nowhere = new Terminal.Stream(OutputStream.nullOutputStream(), false, 80);
    return new Terminal(
        new ByteArrayInputStream(in.getBytes(UTF_8)), nowhere, nowhere, Map.of(), folder);
  }

  private void write(String name, byte[] bytes) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
