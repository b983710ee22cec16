using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Audit;

/// <summary>Who did what, newest first, read page by page; and whether the log is as it was written.</summary>
internal sealed class AuditDesk(ConsoleContext context, TimeZoneInfo zone)
{
    private const int PageSize = 200;

    private List<AuditLine> _lines = [];

    public bool MayRead => context.Session.May(Right.Administer);

    /// <summary>Empty until they were read.</summary>
    public IReadOnlyList<AuditLine> Lines => _lines;

    /// <summary>There are older ones.</summary>
    public bool HasMore { get; private set; }

    /// <summary>The first line that was changed or taken out, as far as was looked; null: none.</summary>
    public long? BrokenAt { get; private set; }

    /// <summary>The whole log was looked through, not only what is here.</summary>
    public bool IsChecked { get; private set; }

    /// <summary>What is new. What was read before stays, and so does what was found.</summary>
    public async Task ReadAsync(CancellationToken cancel)
    {
        var page = await AskAsync($"count={PageSize}", cancel);
        var known = _lines.Count > 0 ? _lines[0].Number : 0;
        var isJoined = page.Lines.Any(line => line.Number <= known);
        HasMore = isJoined ? HasMore : page.Lines.Count == PageSize;
        _lines = isJoined ? [.. page.Lines.TakeWhile(line => line.Number > known), .. _lines] : [.. page.Lines];
    }

    /// <summary>Older ones.</summary>
    public async Task ReadMoreAsync(CancellationToken cancel)
    {
        if (_lines is [.., var oldest])
        {
            var page = await AskAsync(string.Create(CultureInfo.InvariantCulture, $"count={PageSize}&before={oldest.Number}"), cancel);
            HasMore = page.Lines.Count == PageSize;
            _lines = [.. _lines, .. page.Lines];
        }
    }

    public async Task CheckAsync(CancellationToken cancel)
    {
        var page = await context.Session.AskAsync(AccountApi.Audit, "count=1&check=true", cancel);
        (BrokenAt, IsChecked) = (page.BrokenAt, true);
    }

    public string Verdict => BrokenAt is { } number ? Language.Fill(Words.Audit.Broken, number)
        : IsChecked ? Words.Audit.Whole
        : Words.Audit.NotChecked;

    /// <summary>Those in which every word that was typed is found somewhere.</summary>
    public IReadOnlyList<AuditLine> Find(string filter)
    {
        var words = filter.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? Lines : [.. Lines.Where(line => words.All(word => TextOf(line).Contains(word, StringComparison.OrdinalIgnoreCase)))];
    }

    public IReadOnlyList<Fact> FactsOf(AuditLine line) => Fact.Of(
        (Words.Audit.Number, line.Number.ToString(CultureInfo.InvariantCulture)),
        (Words.Audit.When, Times.Of(line.At, zone)),
        (Words.Audit.Who, line.Actor),
        (Words.Audit.Did, line.Action),
        (Words.Audit.What, line.Subject),
        (Words.Audit.Detail, line.Detail),
        (Words.Audit.Hash, line.Hash));

    public static CommandLine CheckCommand => new("audit", "--check");

    public CommandLine Command => new("audit", "--count", Math.Max(Lines.Count, 1).ToString(CultureInfo.InvariantCulture));

    private async Task<AuditPage> AskAsync(string query, CancellationToken cancel)
    {
        var page = await context.Session.AskAsync(AccountApi.Audit, query, cancel);
        BrokenAt ??= page.BrokenAt;
        return page;
    }

    private string TextOf(AuditLine line) => string.Join('\n', line.Actor, line.Action, line.Subject, line.Detail, Times.Of(line.At, zone));
}
