using System.Globalization;
using OsDeploy.Api.Accounts;
using OsDeploy.Server.Api;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Accounts;

/// <summary>
/// Who did what. A line is written in the transaction of what it tells, so there is never one without the other. The chain shows lines
/// that were changed or taken out of the middle; it cannot show that the newest were cut off, nor stop who rewrites all of it.
/// </summary>
internal sealed class AuditLog(DocumentStore store, TimeProvider clock)
{
    public const int MaxPage = 1000;

    private const int MaxDetail = 1000;

    private readonly Collection<AuditLine> _lines = store.GetCollection("audit", AccountJson.Default.AuditLine, line => IdOf(line.Number));

    /// <summary>Joins the transaction the caller is in.</summary>
    /// <param name="actor"><see cref="Caller.AuditName"/>, <c>host:NAME</c> or <c>appliance</c>.</param>
    /// <param name="action">Stable word such as <c>job-start</c>.</param>
    public void Append(string actor, string action, string subject, string detail) => store.Transact(() =>
    {
        var before = _lines.Page(afterId: null, count: 1, descending: true) is [var last] ? last.Value : null;
        var line = new AuditLine(
            (before?.Number ?? 0) + 1, clock.GetUtcNow(), Printable.Of(actor), Printable.Of(action), Printable.Of(subject), Printable.Of(detail, MaxDetail), "");
        _lines.Insert(line with { Hash = AuditChain.HashOf(before, line) });
    });

    /// <param name="before">Only lines with a smaller number; null: the newest.</param>
    /// <param name="count">At most so many, up to <see cref="MaxPage"/>.</param>
    /// <returns>Newest first, and whether these lines hang together.</returns>
    public AuditPage Page(long? before, int count)
    {
        var found = _lines.Page(before is { } number ? IdOf(number) : null, count + 1, descending: true).Select(line => line.Value).ToList();
        var lines = found.Take(count).ToList();
        return new AuditPage(lines, AuditChain.FindBreak(found.Count > count ? found[^1] : null, lines.AsEnumerable().Reverse()));
    }

    /// <summary>Walks the whole log.</summary>
    /// <returns>Number that the first wrong or missing line should have; null: the chain is whole.</returns>
    public long? Verify()
    {
        AuditLine? before = null;
        while (_lines.Page(before is null ? null : IdOf(before.Number), MaxPage, descending: false) is [.., var last] page)
        {
            if (AuditChain.FindBreak(before, page.Select(line => line.Value)) is { } broken)
            {
                return broken;
            }

            before = last.Value;
        }

        return null;
    }

    // Ids are ordered as text.
    private static string IdOf(long number) => number.ToString("D19", CultureInfo.InvariantCulture);
}
