namespace OsDeploy.Api.Personal;

/// <summary>An answer file as the appliance has it.</summary>
/// <param name="Name"><c>Win10Domain.xml</c> (<see cref="Templates.TemplateName"/>).</param>
/// <param name="IsEdited">It is not the one that is shipped.</param>
/// <param name="ChangedBy">Null: nobody ever changed it.</param>
/// <param name="Rev">Number of its revision; 0: none.</param>
public sealed record TemplateView(string Name, bool IsEdited, string? ChangedBy, DateTimeOffset? ChangedAt, long Rev);

public sealed record TemplateText(TemplateView Template, string Text);

/// <param name="Rev">What the editor began with; null: whatever it is by now.</param>
public sealed record TemplateChange(string Text, long? Rev = null);

/// <param name="Revision">0: the one that is shipped.</param>
public sealed record TemplateRestore(long Revision, long? Rev = null);

/// <param name="Number">From 1 on.</param>
/// <param name="From">Number of the revision that was brought back, 0 for the one that is shipped; null: somebody wrote it.</param>
public sealed record TemplateRevision(long Number, string By, DateTimeOffset At, long? From);
