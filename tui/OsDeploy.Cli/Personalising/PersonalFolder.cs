using OsDeploy.Api.Configurations;
using OsDeploy.Personalisation;
using OsDeploy.Templates;

namespace OsDeploy.Cli.Personalising;

/// <summary>Files of this computer that a host is to get, under the names of their content.</summary>
internal sealed class PersonalFolder
{
    private readonly Dictionary<ContentId, Func<Stream>> _sources = [];

    public List<PersonalFile> Files { get; } = [];

    public PersonalContent Content => new((id, _) => Task.FromResult(_sources[id]()));

    /// <summary>A file, or all files below a folder with their paths in it.</summary>
    /// <exception cref="UserErrorException"><c>file-unreadable</c></exception>
    public async Task AddAsync(PersonalFileKind kind, IReadOnlyList<string>? paths, CancellationToken cancel)
    {
        foreach (var path in paths ?? [])
        {
            var isFolder = Directory.Exists(path);
            var files = isFolder ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : (IEnumerable<string>)[path];
            foreach (var file in files)
            {
                var bytes = await InputFile.ReadBytesAsync(file, int.MaxValue, cancel);
                var id = ContentId.Of(bytes);
                _sources[id] = () => File.OpenRead(file);
                Files.Add(new PersonalFile(kind, isFolder ? Path.GetRelativePath(path, file) : Path.GetFileName(file), id, bytes.Length));
            }
        }
    }

    /// <summary>Answer file of a system: the one that was named, or the original for it.</summary>
    /// <exception cref="UserErrorException"><c>template-faults</c>, <c>file-unreadable</c></exception>
    public async Task<PersonalSystem> SystemAsync(PartitionPlan plan, string? template, CancellationToken cancel)
    {
        if (TemplateName.For(plan.Os, plan.Join) is not { } name)
        {
            return new PersonalSystem(plan.Disk, plan.Number, plan.Os, plan.Join);
        }

        var text = template is null ? Originals.Of(name) : Text.ForeignText.Of(await InputFile.ReadBytesAsync(template, AnswerFile.MaxLength, cancel));
        if (AnswerFile.Check(name, text) is [_, ..] faults)
        {
            throw Errors.UsageTemplate(template!, faults);
        }

        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var id = ContentId.Of(bytes);
        _sources[id] = () => new MemoryStream(bytes);
        return new PersonalSystem(plan.Disk, plan.Number, plan.Os, plan.Join, id);
    }
}
