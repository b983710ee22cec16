using OsDeploy.Text;
using OsDeploy.Windows;

namespace OsDeploy.Personalisation;

/// <summary>Does what a plan says on one mounted volume, or only says it.</summary>
internal sealed class VolumeRun(VolumeTree tree, string partition, PersonalContent content, Personality personality, bool isDryRun, Action<PersonalChange> say)
{
    public async Task DoAsync(VolumePlan plan, CancellationToken cancel)
    {
        var writer = new VolumeWriter(tree, content);
        foreach (var step in plan.Files.Where(step => !writer.IsDone(step)))
        {
            cancel.ThrowIfCancellationRequested();
            if (!isDryRun)
            {
                await DoAsync(writer, step, cancel);
            }

            say(new PersonalChange(partition, step is RemoveStep ? "remove" : "write", step.Path, TextOf(step)));
        }

        if (plan.Registry.Count > 0)
        {
            var registry = WindowsRegistry.Of(tree.Find);
            foreach (var change in isDryRun ? registry.Plan(plan.Registry) : registry.Apply(plan.Registry))
            {
                say(new PersonalChange(partition, "set", change.ValueName is null ? change.Key : $@"{change.Key}\{(change.ValueName.Length == 0 ? "@" : change.ValueName)}", RegistryText.Of(change)));
            }
        }
    }

    private async Task DoAsync(VolumeWriter writer, FileStep step, CancellationToken cancel)
    {
        try
        {
            await writer.DoAsync(step, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PersonalErrors.NotWritten(partition, step.Path, e);
        }
        catch (UserErrorException e) when (e.Code is "disk-full" or "disk-write-failed" or "write-denied")
        {
            throw PersonalErrors.NotWritten(partition, step.Path, e);
        }
    }

    /// <exception cref="UserErrorException"><c>personal-script</c></exception>
    public async Task RunScriptAsync(PersonalFile script, CancellationToken cancel)
    {
        say(new PersonalChange(partition, "run", script.Path, $"with the partition at {tree.Root}"));
        if (!isDryRun)
        {
            await new HostScript(script.Path, await content.ReadAsync(script.Content, cancel), HostScript.Limit).RunAsync(
                new Dictionary<string, string>
                {
                    ["OSDEPLOY_HOST"] = personality.Name.ToString(),
                    ["OSDEPLOY_ROOM"] = personality.Room ?? "",
                    ["OSDEPLOY_PARTITION"] = partition,
                    ["OSDEPLOY_FOLDER"] = tree.Root,
                },
                line => say(new PersonalChange(partition, "run", script.Path, Printable.Of(line))),
                cancel);
        }
    }

    private static string TextOf(FileStep step) => step switch
    {
        WriteStep { Content: { } bytes } write => $"{write.What}; {Sizes.Of(bytes.Length)}" + (write.Access == FileAccessKind.Secret ? ", for administrators only" : ""),
        WriteStep { File: { } file } => $"{step.What}; {Sizes.Of(file.Size)}",
        _ => step.What,
    };
}
