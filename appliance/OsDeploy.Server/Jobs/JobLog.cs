using System.Globalization;
using OsDeploy.Api.Jobs;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Jobs;

/// <summary>What hosts say while they work, kept with the job.</summary>
internal sealed class JobLog(DocumentStore documents, TimeProvider time)
{
    /// <summary>A host that babbles fills no disk: what comes after is dropped, and the last line says so.</summary>
    public const int MaxLines = 5000;

    private const int MaxWidth = 500;
    private const int PartsAtOnce = 100;

    private readonly Collection<LogPart> _parts = documents.GetCollection("job_log", JobJson.Default.LogPart, part => part.Id);

    /// <param name="first">Number of the first line; lines that are there already are dropped, so a report may come twice.</param>
    public void Append(string job, long first, IReadOnlyList<string> lines)
    {
        var known = LastOf(job);
        var fresh = lines.Select((text, i) => (Number: first + i, Text: text)).Where(line => line.Number > known && line.Number <= MaxLines).ToList();
        if (fresh.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        _parts.Upsert(new LogPart(IdOf(job, fresh[0].Number), [.. fresh.Select(line => new JobLogLine(line.Number, now, TextOf(line.Number, line.Text)))]));
    }

    /// <summary>A line of the server's own, behind those of the host.</summary>
    public void Note(string job, string text) => Append(job, LastOf(job) + 1, [text]);

    public IReadOnlyList<JobLogLine> Read(string job, long after)
    {
        var lines = new List<JobLogLine>();
        var last = LastPartUpTo(job, after)?.Id;
        while (_parts.Page(last ?? job + "-", PartsAtOnce, descending: false) is { Count: > 0 } parts)
        {
            var own = parts.TakeWhile(part => part.Value.Id.StartsWith(job + "-", StringComparison.Ordinal)).ToList();
            lines.AddRange(own.SelectMany(part => part.Value.Lines));
            last = parts[^1].Value.Id;
            if (own.Count < parts.Count)
            {
                break;
            }
        }

        if (LastPartUpTo(job, after) is { } begun)
        {
            lines.InsertRange(0, begun.Lines);
        }

        return [.. lines.Where(line => line.Number > after)];
    }

    private long LastOf(string job) => LastPartUpTo(job, MaxLines)?.Lines[^1].Number ?? 0;

    private LogPart? LastPartUpTo(string job, long number) =>
        _parts.Page(IdOf(job, number + 1), 1, descending: true) is [{ Value: var part }] && part.Id.StartsWith(job + "-", StringComparison.Ordinal) ? part : null;

    private static string TextOf(long number, string text) => number == MaxLines ? "This log is full; what came after is not kept." : Printable.Of(text, MaxWidth);

    private static string IdOf(string job, long number) => string.Create(CultureInfo.InvariantCulture, $"{job}-{number:D9}");
}
