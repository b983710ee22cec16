using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Personalisation;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Additions;

/// <summary>Adds a file for hosts, or says anew whom one is for.</summary>
internal sealed class AdditionForm
{
    private const int MaxText = 200;

    private readonly ConsoleContext _context;
    private readonly AdditionView? _before;
    private readonly TextEntry _file;
    private readonly ChoiceEntry _kind;
    private readonly ChoiceEntry _configuration;
    private readonly ChoiceEntry _room;
    private readonly TextEntry _names;
    private readonly TextEntry _maker;
    private readonly TextEntry _model;
    private readonly NumberEntry _order;

    /// <param name="addition">Null: a new one.</param>
    public AdditionForm(ConsoleContext context, AdditionView? addition)
    {
        (_context, _before) = (context, addition);
        var said = addition?.Addition.For ?? new Selector();
        _file = new TextEntry("file", Words.Additions.File) { IsRequired = true, Help = Words.Additions.FileHelp };
        _kind = new ChoiceEntry("kind", Words.Additions.Kind, [.. Enum.GetValues<PersonalFileKind>().Select(kind => new Choice(kind.ToString(), AdditionText.Of(kind)))], nameof(PersonalFileKind.Setup));
        _configuration = new ChoiceEntry("configuration", Words.Hosts.Configuration, [Choices.NoneChoice, .. Choices.Configurations(context.Now)], said.Configuration ?? Choices.None);
        _room = new ChoiceEntry("room", Words.Hosts.Room, [Choices.NoneChoice, .. Choices.Rooms(context.Now)], said.Room ?? Choices.None);
        _names = new TextEntry("names", Words.Additions.Names, said.Names ?? "") { MaxLength = MaxText, Help = Words.Additions.NamesHelp };
        _maker = new TextEntry("maker", Words.Additions.Maker, said.Vendor ?? "") { MaxLength = MaxText, Help = Words.Additions.HardwareHelp };
        _model = new TextEntry("model", Words.Additions.Model, said.Model ?? "") { MaxLength = MaxText, Help = Words.Additions.HardwareHelp };
        _order = new NumberEntry("order", Words.Additions.Order, addition?.Addition.Order ?? Addition.UsualOrder, 0, Addition.MaxOrder) { Help = Words.Additions.OrderHelp };
        IReadOnlyList<FormField> whom = [_configuration, _room, _names, _maker, _model, _order];
        Model = new FormModel(
            addition is null ? Words.Additions.AddTitle : Language.Fill(Words.Additions.EditTitle, addition.Addition.Path),
            addition is null ? [_file, _kind, .. whom] : whom,
            new FormAction("save", Words.Common.Save, SaveAsync))
        {
            Help = Words.Additions.AddHelp,
            Equivalent = () => [Command()],
        };
    }

    public FormModel Model { get; }

    public string Path => _before?.Addition.Path ?? System.IO.Path.GetFileName(_file.Value);

    private Selector For => (_before?.Addition.For ?? new Selector()) with
    {
        Configuration = TextOf(_configuration.Value), Room = TextOf(_room.Value), Names = TextOf(_names.Value), Vendor = TextOf(_maker.Value), Model = TextOf(_model.Value),
    };

    private PersonalFileKind Kind => Enum.Parse<PersonalFileKind>(_kind.Value!);

    private static string? TextOf(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private Task SaveAsync(CancellationToken cancel) => _before is null ? AddAsync(cancel) : ChangeAsync(_before, cancel);

    private async Task AddAsync(CancellationToken cancel)
    {
        _context.Session.RequireFiles();
        try
        {
            await File.OpenRead(_file.Value).DisposeAsync();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ConsoleErrors.FileUnreadable(_file.Value, e);
        }

        var stored = await _context.Session.UploadAsync(PersonalApi.Upload, () => File.OpenRead(_file.Value), ApiJson.Default.StoredContent, cancel);
        await _context.Session.CallAsync(PersonalApi.Add, new NewAdditions([new NewAddition(Kind, Path, stored.Content, _order.Value, For: For)]), cancel);
    }

    private Task<AdditionView> ChangeAsync(AdditionView before, CancellationToken cancel) => For == before.Addition.For && !_order.IsChanged
        ? throw ConsoleErrors.NothingToChange()
        : _context.Session.CallAsync(PersonalApi.Change, new AdditionChange(Order: _order.IsChanged ? _order.Value : null, For: For, Rev: before.Rev), cancel, before.Addition.Id);

    private CommandLine Command()
    {
        var command = _before is { } before
            ? new CommandLine("addition", "set", before.Addition.Id)
            : new CommandLine("addition", "add", _file.Value.Length > 0 ? _file.Value : "FILE").With("--kind", AdditionText.WordOf(Kind));
        return command.Option("--config", TextOf(_configuration.Value)).Option("--room", TextOf(_room.Value)).Option("--names", TextOf(_names.Value))
            .Option("--vendor", TextOf(_maker.Value)).Option("--model", TextOf(_model.Value)).Option("--order", _order.IsChanged ? _order.Value.ToString(CultureInfo.InvariantCulture) : null);
    }
}
