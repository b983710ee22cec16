using OsDeploy.Api.Configurations;

namespace OsDeploy.Templates;

/// <summary>Answer files of Windows: checked when somebody saves a template, filled when a host was restored.</summary>
public static class AnswerFile
{
    /// <summary>Characters of a template; the longest that is shipped has 6,000.</summary>
    public const int MaxLength = 256 << 10;

    /// <summary>Everything that keeps a template from being saved, by line.</summary>
    public static IReadOnlyList<TemplateFault> Check(TemplateName name, string text)
    {
        if (text.Length > MaxLength)
        {
            return [TemplateFault.Unreadable(0, $"it has more than {MaxLength} characters")];
        }

        var faults = name.IsInf ? SysprepInf.Check(name, text) : UnattendXml.Check(text);
        return faults.Any(fault => fault.Line > 0) ? [.. faults.OrderBy(fault => fault.Line)] : [.. faults, .. MissingIn(name, text)];
    }

    /// <summary>A template with a host's values, as the bytes of its file.</summary>
    /// <param name="text">Found good by <see cref="Check"/>.</param>
    /// <param name="last">Run by Windows as the system before its last restart of set-up; null: nothing. An <c>.inf</c> has no place for it.</param>
    /// <exception cref="UserErrorException"><c>template-value</c>: a value holds what no answer file can.</exception>
    public static byte[] Fill(TemplateName name, string text, HostValues values, SetupCommand? last = null) => name.IsInf ? SysprepInf.Fill(text, values) : UnattendXml.Fill(text, name.TakesAccountData ? values : values with { AccountData = null }, last);

    /// <summary>Placeholders without which a host would not become what its configuration says, and that have no value.</summary>
    public static IReadOnlyList<Placeholder> Unset(TemplateName name, HostValues values) => [.. Needed(name)
        .Where(placeholder => string.IsNullOrEmpty(placeholder.ValueOf(values)) && !(values.AccountData is not null && name.TakesAccountData && IsJoining(placeholder)))];

    private static bool IsJoining(Placeholder placeholder) => placeholder.Word is "DOMAIN" or "JOINUSER" or "JOINPASSWORD";

    private static IEnumerable<TemplateFault> MissingIn(TemplateName name, string text)
    {
        var there = Placeholder.In(text).ToHashSet();
        return Needed(name).Where(placeholder => !there.Contains(placeholder)).Select(TemplateFault.Missing);
    }

    private static IEnumerable<Placeholder> Needed(TemplateName name)
    {
        string[] words = name.Join switch
        {
            JoinMode.Domain => ["HOSTNAME", "DOMAIN", "JOINUSER", "JOINPASSWORD"],
            JoinMode.Workgroup => ["HOSTNAME", "WORKGROUP"],
            _ => ["HOSTNAME"],
        };
        return words.Select(word => Placeholder.Find(word)!);
    }
}

/// <param name="Description">What it is for.</param>
/// <param name="Path">The command, at most 259 characters.</param>
public sealed record SetupCommand(string Description, string Path);
