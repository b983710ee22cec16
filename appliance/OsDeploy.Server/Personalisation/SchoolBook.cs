using OsDeploy.Api.Personal;
using OsDeploy.Server.Hosts;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Personalisation;

/// <summary>What every template can say of the school.</summary>
internal sealed class SchoolBook(DocumentStore documents)
{
    private const string Id = "school";

    private readonly Collection<KeptSchool> _kept = documents.GetCollection("school", PersonalJson.Default.KeptSchool, kept => kept.Id);

    public School Current => _kept.FindById(Id) is { Value: var kept } ? new School(kept.Name, kept.Language) : new School();

    /// <param name="inTransaction">Kept together with it.</param>
    /// <exception cref="UserErrorException"><c>school-invalid</c></exception>
    public School Write(School wanted, Action<School> inTransaction)
    {
        var school = new School(NameOf(wanted.Name), LanguageOf(wanted.Language));
        documents.Transact(() =>
        {
            inTransaction(school);
            _kept.Upsert(new KeptSchool(Id, school.Name, school.Language));
        });
        return school;
    }

    private static string? NameOf(string? text) => !PlainText.TryLine(text, School.MaxName, out var line) ? throw PersonalErrors.SchoolName() : line.Length == 0 ? null : line;

    private static string? LanguageOf(string? text) => string.IsNullOrEmpty(text) ? null : School.IsLanguage(text) ? text : throw PersonalErrors.SchoolLanguage(text);
}
