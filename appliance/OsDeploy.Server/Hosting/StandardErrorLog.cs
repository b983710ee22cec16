#pragma warning disable RS0030 // Where a service's log belongs: systemd keeps what it writes here.
using System.Globalization;
using Microsoft.Extensions.Logging;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosting;

/// <summary>One line an event on standard error, with the priority mark that systemd understands (sd-daemon(3)). Foreign strings are made printable.</summary>
internal sealed class StandardErrorLog : ILoggerProvider
{
    private const int MaxWidth = 2000;

    private readonly Lock _gate = new();
    private readonly bool _isJournal = Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 };

    public ILogger CreateLogger(string categoryName) => new Line(this, categoryName);

    public void Dispose()
    {
        // Standard error is not ours to close.
    }

    private void Write(LogLevel level, string text)
    {
        var mark = _isJournal ? string.Create(CultureInfo.InvariantCulture, $"<{PriorityOf(level)}>") : "";
        lock (_gate)
        {
            Console.Error.WriteLine(mark + Printable.Of(text, MaxWidth));
        }
    }

    private static int PriorityOf(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };

    private sealed class Line(StandardErrorLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            log.Write(logLevel, $"{category}: {formatter(state, exception)}");
            foreach (var line in exception?.ToString().Split('\n') ?? [])
            {
                log.Write(logLevel, "  " + line.TrimEnd());
            }
        }
    }
}
