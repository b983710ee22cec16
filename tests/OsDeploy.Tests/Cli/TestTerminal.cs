using System.Text;
using OsDeploy.Cli;
using OsDeploy.Cli.Login;
using Xunit;

namespace OsDeploy.Tests.Cli;

/// <summary>A terminal that remembers what was said to it and answers from a script.</summary>
internal sealed class TestTerminal
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _talk = new();
    private readonly List<MemoryStream> _bytes = [];

    private TestTerminal(string? answers, bool canRepaint, bool? canAsk = null) =>
        Terminal = new Terminal(
        new StringReader(answers ?? ""), new StringWriter(_output), new StringWriter(_talk), canAsk ?? answers is not null, canRepaint, width: 80)
        {
            OpenBytes = OpenBytes,
        };

    /// <summary>Logins of a person who has none, and never saves one.</summary>
    public static Logins NoLogins => new("/nonexistent/logins.json");

    public Terminal Terminal { get; }

    public Logins Logins { get; init; } = NoLogins;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string Output => _output.ToString();

    /// <summary>Results that are no text.</summary>
    public byte[] Bytes => [.. _bytes.SelectMany(stream => stream.ToArray())];

    public string Talk => _talk.ToString();

    /// <summary>A person types these lines.</summary>
    public static TestTerminal Answering(string answers) => new(answers, canRepaint: true);

    /// <summary>As <see cref="Answering(string)"/>, by a person who is logged in.</summary>
    public static TestTerminal Answering(string answers, Logins logins, TimeProvider? clock = null) =>
        new(answers, canRepaint: true) { Logins = logins, Clock = clock ?? TimeProvider.System };

    /// <summary>A script runs the program: nobody to ask, nothing to repaint.</summary>
    public static TestTerminal Piped() => new(answers: null, canRepaint: false);

    /// <summary>As <see cref="Piped()"/>, for a person who is logged in.</summary>
    /// <param name="input">What comes through the pipe.</param>
    public static TestTerminal Piped(Logins logins, TimeProvider? clock = null, string input = "") =>
        new(input, canRepaint: false, canAsk: false) { Logins = logins, Clock = clock ?? TimeProvider.System };

    /// <summary>Runs a command line as <c>osdeploy</c> would.</summary>
    public Task<int> RunAsync(string commandLine) => RunUntilAsync(commandLine, TestContext.Current.CancellationToken);

    public Task<int> RunUntilAsync(string commandLine, CancellationToken cancel) => RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), cancel);

    /// <summary>For arguments with blanks in them, or empty ones.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel) =>
        (int)await Program.RunAsync(new Session(Terminal, Clock, Logins), arguments, cancel);

    private MemoryStream OpenBytes()
    {
        _bytes.Add(new MemoryStream());
        return _bytes[^1];
    }
}
