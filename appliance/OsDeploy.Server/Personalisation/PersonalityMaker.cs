using System.Text;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Api.Personal;
using OsDeploy.Personalisation;
using OsDeploy.Server.Configurations;
using OsDeploy.Templates;

namespace OsDeploy.Server.Personalisation;

/// <summary>Says what makes the hosts of one batch themselves, all by the same templates, additions and settings: those of the moment it began.</summary>
internal sealed class PersonalityMaker(AdditionRegistry additions, TemplateBook templates, School school, ContentStore contents)
{
    private readonly Dictionary<TemplateName, ContentId> _written = [];
    private readonly HashSet<ContentId> _held = [];
    private readonly List<Addition> _additions = [.. additions.List().Select(view => view.Addition)];

    /// <param name="host">With its inventory.</param>
    /// <returns>Null: nothing does; its partitions stay as the image has them.</returns>
    /// <exception cref="UserErrorException"><c>content-missing</c></exception>
    public async Task<Personality?> MakeAsync(Host host, Configuration? configuration, JobOptions options, CancellationToken cancel)
    {
        var plans = EffectivePlan.Of(configuration, host).Select(partition => partition.Plan).Where(plan => EffectivePlan.IsRestored(plan, options)).ToList();
        var systems = PersonalSystems.Of(plans);
        var files = AdditionRules.For(_additions, host, systems);
        if (options.TableOnly || (systems.Count == 0 && (files.Count == 0 || options.Partitions is { Count: > 0 })))
        {
            return null;
        }

        foreach (var file in files.Where(file => _held.Add(file.Content) && !contents.Hold(file.Content)))
        {
            throw PersonalErrors.ContentLost(file.Path);
        }

        return new Personality
        {
            Name = host.Name,
            Room = host.Room,
            SchoolName = school.Name,
            SchoolLanguage = school.Language,
            Joining = JoinPlan.Of(configuration, host, options),
            Systems = [.. await WithTemplatesAsync(systems, cancel)],
            Files = files,
        };
    }

    private async Task<List<PersonalSystem>> WithTemplatesAsync(IReadOnlyList<PersonalSystem> systems, CancellationToken cancel)
    {
        var with = new List<PersonalSystem>();
        foreach (var system in systems)
        {
            with.Add(TemplateName.For(system.Os, system.Join) is { } name ? system with { Template = await ContentOfAsync(name, cancel) } : system);
        }

        return with;
    }

    private async Task<ContentId> ContentOfAsync(TemplateName name, CancellationToken cancel)
    {
        if (!_written.TryGetValue(name, out var content))
        {
            content = _written[name] = await contents.EnsureAsync(Encoding.UTF8.GetBytes(templates.Current(name).Text), cancel);
        }

        return content;
    }
}
