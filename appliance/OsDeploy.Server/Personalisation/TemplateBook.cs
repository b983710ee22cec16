using System.Globalization;
using System.Text.Json.Serialization;
using OsDeploy.Api.Personal;
using OsDeploy.Storage.Documents;
using OsDeploy.Templates;

namespace OsDeploy.Server.Personalisation;

/// <summary>
/// The answer files with all that they have been. A change is a new document, and its number is its id: who was slower finds the number taken.
/// The originals are not here, so that nothing can overwrite them.
/// </summary>
internal sealed class TemplateBook
{
    /// <summary>Older revisions of a template go.</summary>
    public const int MostRevisions = 200;

    private readonly DocumentStore _documents;
    private readonly TimeProvider _time;
    private readonly Collection<KeptRevision> _kept;

    public TemplateBook(DocumentStore documents, TimeProvider time)
    {
        (_documents, _time) = (documents, time);
        _kept = documents.GetCollection("template_revision", PersonalJson.Default.KeptRevision, kept => kept.Id);
        _kept.EnsureIndex("template");
    }

    /// <summary>Templates that are not as they are shipped.</summary>
    public int EditedCount => TemplateName.All.Count(name => Current(name).Template.IsEdited);

    public TemplateText Current(TemplateName name) => TextOf(name, Revisions(name).LastOrDefault());

    /// <summary>Newest first.</summary>
    public IReadOnlyList<TemplateRevision> History(TemplateName name) =>
        [.. Revisions(name).AsEnumerable().Reverse().Select(kept => new TemplateRevision(kept.Number, kept.By, kept.At, kept.From))];

    /// <param name="number">0: the one that is shipped.</param>
    /// <exception cref="UserErrorException"><c>revision-missing</c></exception>
    public TemplateText Revision(TemplateName name, long number) =>
        number == 0 ? TextOf(name, null) : TextOf(name, Revisions(name).FirstOrDefault(kept => kept.Number == number) ?? throw PersonalErrors.RevisionMissing(name, number));

    /// <param name="text">Checked; null: the one that is shipped, whatever that will be.</param>
    /// <param name="inTransaction">Kept together with it.</param>
    /// <exception cref="UserErrorException"><c>changed-meanwhile</c></exception>
    public TemplateText Write(TemplateName name, string? text, long? from, long? rev, string by, Action inTransaction) => _documents.Transact(() =>
    {
        var before = Revisions(name);
        var last = before.LastOrDefault();
        if (rev is { } expected && expected != (last?.Number ?? 0))
        {
            throw Hosts.HostErrors.ChangedMeanwhile(last?.By ?? "", last?.At ?? _time.GetUtcNow());
        }

        inTransaction();
        var number = (last?.Number ?? 0) + 1;
        var kept = _kept.Insert(new KeptRevision(IdOf(name, number), name.ToString(), number, text, by, _time.GetUtcNow(), from)).Value;
        foreach (var old in before.SkipLast(MostRevisions - 1))
        {
            _kept.Delete(old.Id);
        }

        return TextOf(name, kept);
    });

    private static string IdOf(TemplateName name, long number) => string.Create(CultureInfo.InvariantCulture, $"{name}/{number:D9}");

    private static TemplateText TextOf(TemplateName name, KeptRevision? kept) => new(
        new TemplateView(name.ToString(), kept?.Text is not null, kept?.By, kept?.At, kept?.Number ?? 0), kept?.Text ?? Originals.Of(name));

    private List<KeptRevision> Revisions(TemplateName name) => [.. _kept.Where("template", name.ToString()).Select(kept => kept.Value)];
}

/// <param name="Id">Name of the template and the number, so that they are read in order.</param>
/// <param name="Text">Null: the one that is shipped.</param>
/// <param name="From">Revision that was brought back; 0: the one that is shipped; null: somebody wrote it.</param>
internal sealed record KeptRevision(string Id, string Template, long Number, string? Text, string By, DateTimeOffset At, long? From);

/// <param name="Id">Always the same.</param>
internal sealed record KeptSchool(string Id, string? Name, string? Language);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(KeptRevision))]
[JsonSerializable(typeof(KeptSchool))]
internal sealed partial class PersonalJson : JsonSerializerContext;
