using System.CommandLine;
using System.Text;
using OsDeploy.Cli.Login;

namespace OsDeploy.Cli.Verbs.Moving;

/// <summary>The password of a backup's keys: of a file, of the first line of a pipe (for SSH, which takes no files), or of a person.</summary>
internal sealed class BackupPassword
{
    private const int Most = 4096;

    private readonly Option<string?> _file = VerbOptions.Text("--password-file", "File whose first line is the password of the keys; else it is asked for.", "FILE");
    private readonly Option<bool> _pipe = VerbOptions.Flag("--password-stdin", "The first line of the pipe is the password of the keys; what follows it is the backup.");
    private readonly Option<bool> _none = VerbOptions.Flag("--no-keys", "Without keys: secrets must be entered again afterwards.");

    public IEnumerable<Symbol> Symbols => [_file, _pipe, _none];

    /// <summary>For a new backup.</summary>
    /// <returns>Null: without keys.</returns>
    /// <exception cref="UserErrorException"><c>passwords-differ</c>, <c>secret-file</c>, <c>usage-pipe-needed</c></exception>
    public async Task<string?> AskNewAsync(ParseResult parsed, Terminal terminal, CancellationToken cancel) => parsed switch
    {
        _ when parsed.GetValue(_none) => null,
        _ when parsed.GetValue(_pipe) => await ReadLineAsync(terminal.OpenInput(), cancel),
        _ when parsed.GetValue(_file) is not null || terminal.CanAsk => await Passwords.AskNewAsync(terminal, parsed.GetValue(_file), cancel) is { Length: > 0 } typed ? typed : null,
        _ => null,
    };

    /// <summary>For a backup that is there.</summary>
    /// <param name="input">Where the backup comes from: the password stands before it; null: it is no pipe.</param>
    /// <returns>Null: without keys.</returns>
    /// <exception cref="UserErrorException"><c>secret-file</c>, <c>usage-pipe-needed</c></exception>
    public async Task<string?> AskAsync(ParseResult parsed, Terminal terminal, Stream? input, CancellationToken cancel) => parsed switch
    {
        _ when parsed.GetValue(_none) => null,
        _ when parsed.GetValue(_pipe) => await ReadLineAsync(input ?? terminal.OpenInput(), cancel),
        _ when parsed.GetValue(_file) is { } file => SecretFile.ReadLine(file),
        _ => null,
    };

    /// <summary>Whether somebody should be asked, once it is known that the backup has keys.</summary>
    public bool IsOpen(ParseResult parsed) => !parsed.GetValue(_none) && !parsed.GetValue(_pipe) && parsed.GetValue(_file) is null;

    // Byte by byte: what is read too much would be missing from the backup.
    private static async Task<string> ReadLineAsync(Stream from, CancellationToken cancel)
    {
        var (line, one) = (new List<byte>(), new byte[1]);
        while (line.Count < Most && await from.ReadAsync(one, cancel) == 1 && one[0] != (byte)'\n')
        {
            line.Add(one[0]);
        }

        return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
    }
}
