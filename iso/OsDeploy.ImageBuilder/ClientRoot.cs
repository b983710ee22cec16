using OsDeploy.ImageBuilder.Modules;
using OsDeploy.ImageBuilder.Tree;

namespace OsDeploy.ImageBuilder;

/// <summary>Makes the root of the client image from unpacked packages, the program and the lists of a definition.</summary>
internal sealed class ClientRoot(BuildOptions options, SourceTree source)
{
    private const string Programs = "usr/bin/";
    private const string AdminPrograms = "usr/sbin/";
    private const string Arrow = "->";

    private static readonly string[] s_folders = ["dev", "proc", "sys", "run", "tmp", "mnt", "root", "var/lib", "usr/sbin", "usr/lib64"];
    private static readonly string[] s_links = ["bin", "lib", "lib64", "sbin"];
    private static readonly char[] s_blanks = [' ', '\t'];

    /// <summary>With the modules that were taken, for the record.</summary>
    /// <param name="work">An empty folder; what is in it is needed until the tree is packed.</param>
    /// <exception cref="UserErrorException">A list names what the packages do not have.</exception>
    public async Task<(ClientTree Tree, IReadOnlyList<string> Modules)> MakeAsync(string kernel, string work, CancellationToken cancel)
    {
        var tree = new ClientTree(source);
        foreach (var folder in s_folders)
        {
            tree.Put(folder, new Entry.Folder());
        }

        foreach (var link in s_links)
        {
            tree.Put(link, new Entry.Link("usr/" + link));
        }

        tree.Put("dev/console", new Entry.Device(5, 1));
        tree.Put("dev/null", new Entry.Device(1, 3));
        AddProgram(tree);
        AddListed(tree);
        var modules = new KernelModules(source, tree, kernel);
        var taken = await modules.AddAsync(options.ListOf("modules.txt"), work, cancel);
        await modules.AddFirmwareAsync(taken, options.ListOf("firmware.txt"), cancel);
        tree.PutFolder(Path.Combine(options.Definition, "overlay"), "", _ => true);
        return (tree, taken);
    }

    /// <summary>Adds the programs and files that the lists name, and what all programs in the tree are linked with.</summary>
    /// <exception cref="UserErrorException">A list names what the packages do not have.</exception>
    public void AddListed(ClientTree tree)
    {
        AddTools(tree);
        AddFiles(tree);
        new LibraryClosure(source, tree).Complete();
    }

    private void AddTools(ClientTree tree)
    {
        foreach (var line in options.ListOf("tools.txt"))
        {
            if (line.Split(Arrow) is [var name, var program])
            {
                tree.Put(Programs + name.Trim(), new Entry.Link(program.Trim()));
            }
            else if (!tree.TryTake(Programs + line) && !tree.TryTake(AdminPrograms + line))
            {
                throw Errors.FileMissing(line, "tools.txt");
            }
        }
    }

    private void AddFiles(ClientTree tree)
    {
        foreach (var line in options.ListOf("files.txt"))
        {
            if (line.Split(Arrow) is [var name, var target])
            {
                tree.Put(name.Trim(), new Entry.Link(target.Trim()));
                AddFile(tree, $"{Path.GetDirectoryName(name.Trim())}/{target.Trim()}");
            }
            else
            {
                AddFile(tree, line);
            }
        }
    }

    private void AddFile(ClientTree tree, string line)
    {
        var files = line.EndsWith('/') && source.Exists(line) ? source.FilesUnder(line.TrimEnd('/')) : [line];
        if (!files.All(tree.TryTake))
        {
            throw Errors.FileMissing(line, "files.txt");
        }
    }

    private void AddProgram(ClientTree tree)
    {
        const string folder = "usr/lib/osdeploy/program";
        if (!File.Exists(Path.Combine(options.Program, "osdeploy")))
        {
            throw Errors.ProgramMissing(Path.Combine(options.Program, "osdeploy"));
        }

        tree.PutFolder(options.Program, folder, name => Path.GetExtension(name) is not (".pdb" or ".xml" or ".json"));
        tree.Put(Programs + "osdeploy", new Entry.Link("../lib/osdeploy/program/osdeploy"));
    }

    /// <summary>Where the packages have the loaders, by the names they are served by.</summary>
    /// <exception cref="UserErrorException"><c>file-missing</c></exception>
    public IEnumerable<(string Name, string Source)> Loaders() => options.ListOf("loaders.txt")
        .Select(line => line.Split(s_blanks, StringSplitOptions.RemoveEmptyEntries))
        .Select(words => words is [var name, var path] && source.Resolve(path) is { } file ? (name, source.FullPath(file)) : throw Errors.FileMissing(string.Join(' ', words), "loaders.txt"));
}
