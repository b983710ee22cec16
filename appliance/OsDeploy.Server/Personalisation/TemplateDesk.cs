using System.Globalization;
using OsDeploy.Api.Personal;
using OsDeploy.Server.Accounts;
using OsDeploy.Templates;

namespace OsDeploy.Server.Personalisation;

/// <summary>What operators do with answer files. Nothing is saved that Windows would stumble over, as far as that can be told here.</summary>
internal sealed class TemplateDesk(TemplateBook book, AuditLog audit)
{
    public IReadOnlyList<TemplateView> List() => [.. TemplateName.All.Select(name => book.Current(name).Template)];

    /// <exception cref="UserErrorException"><c>template-missing</c></exception>
    public TemplateText Show(string name) => book.Current(NameOf(name));

    /// <inheritdoc cref="TemplateBook.History"/>
    /// <exception cref="UserErrorException"><c>template-missing</c></exception>
    public IReadOnlyList<TemplateRevision> History(string name) => book.History(NameOf(name));

    /// <exception cref="UserErrorException"><c>template-missing</c>, <c>revision-missing</c></exception>
    public TemplateText Revision(string name, string number) => book.Revision(
        NameOf(name), long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : throw Errors.RequestMalformed("a revision is a number"));

    /// <exception cref="UserErrorException"><c>template-missing</c>, <c>template-faults</c>, <c>changed-meanwhile</c></exception>
    public TemplateText Save(string template, TemplateChange change, string by)
    {
        var name = NameOf(template);
        ThrowIfFaulty(name, change.Text);
        return book.Write(name, change.Text, from: null, change.Rev, by, () => audit.Append(by, "template-save", name.ToString(), string.Create(CultureInfo.InvariantCulture, $"{change.Text.Length} characters")));
    }

    /// <exception cref="UserErrorException"><c>template-missing</c>, <c>revision-missing</c>, <c>template-faults</c>, <c>changed-meanwhile</c></exception>
    public TemplateText Restore(string template, TemplateRestore asked, string by)
    {
        var name = NameOf(template);
        var (view, text) = book.Revision(name, asked.Revision);
        ThrowIfFaulty(name, text); // an earlier osdeploy may have taken what this one does not
        return book.Write(
            name, view.IsEdited ? text : null, asked.Revision, asked.Rev, by,
            () => audit.Append(by, "template-restore", name.ToString(), asked.Revision == 0 ? "the original" : string.Create(CultureInfo.InvariantCulture, $"revision {asked.Revision}")));
    }

    private static TemplateName NameOf(string text) => TemplateName.TryParse(text, out var name) ? name : throw PersonalErrors.TemplateMissing(text);

    private static void ThrowIfFaulty(TemplateName name, string text)
    {
        if (AnswerFile.Check(name, text) is { Count: > 0 } faults)
        {
            throw PersonalErrors.TemplateFaults(name, faults);
        }
    }
}
